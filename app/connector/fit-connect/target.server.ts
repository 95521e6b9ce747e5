import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import type { OutboundMessage } from "../transport.ts";
import type { FitConnectOptions } from "./config.server.ts";
import { checkDestination, fetchDestination, requireOffered } from "./destination.server.ts";
import { fetchEncryptionKey, type KeyCalls } from "./destinationKeys.server.ts";
import type { FindRoute } from "./routing.server.ts";
import type { SubmissionCalls, Target } from "./submission.server.ts";
import { LEIKA_URN, LIMITS } from "./unverified.ts";
import { encryptedLength } from "./uploads.server.ts";

// What would fail at the receiver only after everything was uploaded is refused before the first call.
const sendable = z.object({
  reference: z.string(),
  filedOn: z.iso.date(),
  service: z.object({ leika: z.string().regex(/^\d{14}$/), name: z.string().min(1) }),
  ars: z.string().regex(/^\d{12}$/),
  attachments: z.array(
    z.object({
      id: z.uuidv4().regex(/^[^A-Z]*$/),
      mimeType: z.string().regex(/^[-\w.]+\/[-\w.+]+$/),
    }),
  ),
});

/** Calls with which also a Zustellpunkt is found that the authority's file does not name. */
export type Routed = SubmissionCalls & KeyCalls & { findRoute: FindRoute };

/** Refuses a message that no Zustellpunkt could take. @throws DeliveryError unreadable or tooLarge */
export function checkMessage(message: OutboundMessage): void {
  const parsed = sendable.safeParse(message);
  const ids = new Set(message.attachments.map(({ id }) => id));
  if (!parsed.success || ids.size !== message.attachments.length) {
    const fields = parsed.error?.issues.map((issue) => issue.path.join(".")).join() ?? "attachments.id";
    throw new DeliveryError("unreadable", false, { cause: new Error(`The message cannot be sent: ${fields}`) });
  }
  const lengths = message.attachments.map(({ size }) => encryptedLength(size ?? 0));
  const isTooLarge =
    lengths.length > LIMITS.attachments ||
    lengths.some((length) => length > LIMITS.attachmentBytes) ||
    lengths.reduce((sum, length) => sum + length, 0) > LIMITS.submissionBytes;
  if (isTooLarge) throw new DeliveryError("tooLarge", false);
}

/** Fetches and checks where a message goes and for which key it is encrypted; anew for every delivery. */
export async function loadTarget(
  { client, config, trust, findRoute }: Routed,
  message: OutboundMessage,
  options: FitConnectOptions,
): Promise<Target> {
  const { leika } = message.service;
  const { destinationId } = options.routing ? await findRoute({ leika, ars: message.ars }) : options;
  const destination = await fetchDestination(client, config, destinationId);
  checkDestination(destination);
  const identifier = LEIKA_URN + leika;
  const schemaUri = options.schemaUri ?? message.data.schemaUri;
  const { ars, data } = message;
  const region = requireOffered(destination, { identifier, ars, schemaUri, mimeType: data.mimeType });
  const key = await fetchEncryptionKey({ client, config, trust }, destination);
  return { destinationId: destination.destinationId, identifier, region, schemaUri, key };
}
