import { z } from "zod";
import type { OutboundMessage } from "../transport.ts";
import { isUnknown, readJson } from "./answers.server.ts";
import type { Client } from "./client.server.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { encryptPart, type EncryptedPart, type EncryptionKey } from "./encrypt.server.ts";
import type { HttpAnswer, HttpRequest } from "./http.server.ts";
import { caseOf } from "./progress.server.ts";
import { buildMetadata, type HashedAttachment } from "./metadata.server.ts";
import { callbackMembers } from "./unverified.ts";

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
      ...(config.callback ? callbackMembers(config.callback(message.id)) : {}),
      ...joining,
    }),
  };
  return client.call(request, joining.caseId === undefined ? [] : [404]);
}

/** Encrypts the data as it stands and the metadata that describe it and the uploaded attachments. */
export function encryptContent(
  target: Target,
  message: OutboundMessage,
  hashed: readonly HashedAttachment[],
  author: FitConnectConfig["author"],
): { metadata: EncryptedPart; data: EncryptedPart } {
  const metadata = buildMetadata(message, target.schemaUri, target.identifier, hashed, author);
  return {
    metadata: encryptPart(new TextEncoder().encode(JSON.stringify(metadata)), "application/json", target.key),
    data: encryptPart(message.data.bytes, message.data.mimeType, target.key),
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
    body: JSON.stringify({
      encryptedMetadata: content.metadata.jwe.toString("ascii"),
      encryptedData: content.data.jwe.toString("ascii"),
    }),
  });
}

/** Writes to an announced submission. */
export async function write(client: Client, request: HttpRequest): Promise<WriteOutcome> {
  const answer = await client.call(request, [404, 409, 410]);
  if (answer.status === 409) return "closed";
  if (answer.status === 410 || isUnknown(answer, client.now())) return "gone";
  return "taken";
}
