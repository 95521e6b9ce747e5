import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import type { Attachment, OutboundMessage } from "../transport.ts";
import { isUnknown, readJson } from "./answers.server.ts";
import type { Client } from "./client.server.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { encryptPart, sha512, type EncryptedPart, type EncryptionKey } from "./encrypt.server.ts";
import type { HttpAnswer, HttpRequest } from "./http.server.ts";
import { caseOf } from "./progress.server.ts";
import { buildMetadata, type HashedAttachment } from "./metadata.server.ts";
import { LIMITS } from "./unverified.ts";

/** What every call about one submission needs to know. `region` is the one of the Zustellpunkt that covers us. */
export type Target = {
  destinationId: string;
  identifier: string;
  region: string;
  schemaUri: string;
  key: EncryptionKey;
};

/** How a write to an announced submission ended: taken, or the submission is unknown, or no longer open. */
export type WriteOutcome = "taken" | "gone" | "closed";

const announceAnswer = z.object({ submissionId: z.guid().toLowerCase(), caseId: z.guid().toLowerCase() });

/** The calls that bring a submission to the Zustelldienst. */
export type SubmissionCalls = { client: Client; config: FitConnectConfig };

/**
 * Announces a submission, in the case of the message that it follows; doing it twice leaves an empty one that the
 * Zustelldienst removes after a day. A case that it no longer knows is no reason to keep the message back.
 */
export async function announce(
  calls: SubmissionCalls,
  target: Target,
  message: OutboundMessage,
): Promise<{ submissionId: string; caseId: string }> {
  const caseId = caseOf(message.follows, target.destinationId);
  const joined = caseId === undefined ? undefined : await announceIn(calls, target, message, { caseId });
  const answer =
    joined && !isUnknown(joined, calls.client.now()) ? joined : await announceIn(calls, target, message, {});
  return readJson(answer, announceAnswer);
}

function announceIn(
  { client, config }: SubmissionCalls,
  target: Target,
  message: OutboundMessage,
  joining: { caseId?: string },
): Promise<HttpAnswer> {
  const request: HttpRequest = {
    method: "POST",
    url: `${config.submissionUrl}/v2/submissions`,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      destinationId: target.destinationId,
      announcedAttachments: message.attachments.map(({ id }) => id),
      publicService: { name: message.service.name, identifier: target.identifier },
      region: target.region,
      ...joining,
    }),
  };
  return client.call(request, joining.caseId === undefined ? [] : [404]);
}

/** Attachments that are uploaded, with what metadata and statements need of them. */
export type Uploaded = { outcome: WriteOutcome; hashed: HashedAttachment[]; tags: Record<string, string> };

/** Reads, encrypts and uploads one attachment after the other; parallel uploads are refused by the Zustelldienst. */
export async function uploadAttachments(
  calls: SubmissionCalls,
  target: Target,
  submissionId: string,
  attachments: readonly Attachment[],
): Promise<Uploaded> {
  const hashed: HashedAttachment[] = [];
  const tags: Record<string, string> = {};
  let total = 0;
  for (const attachment of attachments) {
    const { hash, part } = await readAndEncrypt(attachment, target.key);
    total += part.jwe.length;
    if (part.jwe.length > LIMITS.attachmentBytes || total > LIMITS.submissionBytes)
      throw new DeliveryError("tooLarge", false);
    const url = `${calls.config.submissionUrl}/v2/submissions/${submissionId}/attachments/${attachment.id}`;
    const headers = { "Content-Type": "application/jose" };
    const outcome = await write(calls.client, { method: "PUT", url, headers, body: part.jwe });
    if (outcome !== "taken") return { outcome, hashed, tags };
    hashed.push({ attachment, sha512: hash });
    tags[attachment.id] = part.tag;
  }
  return { outcome: "taken", hashed, tags };
}

/** Encrypts the data as it stands and the metadata that describe it and the uploaded attachments. */
export async function encryptContent(
  target: Target,
  message: OutboundMessage,
  hashed: readonly HashedAttachment[],
  author: FitConnectConfig["author"],
): Promise<{ metadata: EncryptedPart; data: EncryptedPart }> {
  const metadata = buildMetadata(message, target.schemaUri, target.identifier, hashed, author);
  return {
    metadata: await encryptPart(new TextEncoder().encode(JSON.stringify(metadata)), "application/json", target.key),
    data: await encryptPart(message.data.bytes, message.data.mimeType, target.key),
  };
}

/** Hands the submission over. After a lost answer only the event log knows whether it arrived. */
export async function submit(
  { client, config }: SubmissionCalls,
  submissionId: string,
  content: { metadata: EncryptedPart; data: EncryptedPart },
): Promise<WriteOutcome> {
  return write(client, {
    method: "PUT",
    url: `${config.submissionUrl}/v2/submissions/${submissionId}`,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ encryptedMetadata: content.metadata.jwe, encryptedData: content.data.jwe }),
  });
}

// A function of its own, so that the plaintext is out of reach before the upload begins.
async function readAndEncrypt(
  attachment: Attachment,
  key: EncryptionKey,
): Promise<{ hash: string; part: EncryptedPart }> {
  let bytes: Uint8Array;
  try {
    bytes = await attachment.read();
  } catch (cause) {
    // The reader may know whether trying again helps; nobody else does.
    throw cause instanceof DeliveryError ? cause : new DeliveryError("unreadable", true, { cause });
  }
  return { hash: sha512(bytes), part: await encryptPart(bytes, attachment.mimeType, key) };
}

async function write(client: Client, request: HttpRequest): Promise<WriteOutcome> {
  const answer = await client.call(request, [404, 409, 410]);
  if (answer.status === 409) return "closed";
  if (answer.status === 410 || isUnknown(answer, client.now())) return "gone";
  return "taken";
}
