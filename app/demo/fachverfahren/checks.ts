import type { Submission } from "./client.ts";
import type { Destination } from "./config.ts";
import { checkContent, type Content } from "./contentChecks.ts";
import { checkHashes } from "./hashes.ts";
import type { CheckedLog } from "./eventLog.ts";
import { authenticationTag, decryptJwe, type DecryptionKey } from "./jwe.ts";
import type { Metadata } from "./metadata.ts";
import { problem, type Problem, type ProblemInstance } from "./problems.ts";
import { readMetadata } from "./readMetadata.ts";
import { createReport, type CheckItem, type Report } from "./report.ts";
import type { Schemas } from "./schemas.ts";

/** A submission as fetched; an attachment without text could not be fetched. */
export type Fetched = {
  submission: Submission;
  log: CheckedLog;
  attachments: ReadonlyMap<string, string | undefined>;
};

/** What the receiver knows itself: what it offers, its keys of now and before, the schemas it understands. */
export type Receiver = {
  destination: Destination;
  decryptionKeys: () => readonly DecryptionKey[];
  schemas: Schemas;
};

/** Outcome of all checks: the content when everything is in order, else the problems to refuse with. */
export type CheckResult = { items: CheckItem[] } & (
  { ok: true; content: Content } | { ok: false; problems: Problem[] }
);

function checkTags({ submission, log, attachments }: Fetched, report: Report): void {
  if (!log.tags) {
    const detail = "Im Ereignis submit-submission fehlen die Authentication-Tags";
    return report.fail("tags", problem("incorrect-authentication-tag", "submission", detail));
  }
  report.ran("tags");
  const compare = (instance: ProblemInstance, expected: string | undefined, jwe: string | undefined) => {
    if (expected !== undefined && jwe !== undefined && authenticationTag(jwe) === expected) return;
    const detail = "Tag weicht vom Ereignis submit-submission ab";
    report.fail("tags", problem("incorrect-authentication-tag", instance, detail));
  };
  compare("metadata", log.tags.metadata, submission.encryptedMetadata);
  const { encryptedData } = submission;
  if (log.tags.data !== undefined || encryptedData !== undefined) compare("data", log.tags.data, encryptedData);
  const listed = log.tags.attachments ?? {};
  for (const id of new Set([...Object.keys(listed), ...submission.attachments])) {
    compare(`attachment:${id}`, listed[id], attachments.get(id));
  }
}

async function open(instance: ProblemInstance, jwe: string, keys: readonly DecryptionKey[], report: Report) {
  report.ran("decryption");
  const bytes = await decryptJwe(jwe, keys);
  if (!bytes) report.fail("decryption", problem("encryption-issue", instance, "Inhalt lässt sich nicht entschlüsseln"));
  return bytes;
}

function checkAttachmentLists({ submission, attachments }: Fetched, metadata: Metadata, report: Report): void {
  report.ran("attachments");
  const announced = submission.attachments.toSorted();
  const listed = metadata.contentStructure.attachments.map(({ attachmentId }) => attachmentId).toSorted();
  if (announced.join() !== listed.join()) {
    const detail = `Angekündigt: ${announced.length}, in den Metadaten: ${listed.length}; die Listen sind nicht gleich`;
    report.fail("attachments", problem("attachments-mismatch", "submission", detail));
  }
  for (const id of announced) {
    if (attachments.get(id) !== undefined) continue;
    report.fail("attachments", problem("missing-attachment", `attachment:${id}`, "Anlage ist nicht abrufbar"));
  }
}

async function openAttachments({ attachments }: Fetched, keys: readonly DecryptionKey[], report: Report) {
  const opened = new Map<string, Buffer>();
  for (const [id, jwe] of attachments) {
    const bytes = jwe === undefined ? undefined : await open(`attachment:${id}`, jwe, keys, report);
    if (bytes) opened.set(id, bytes);
  }
  return opened;
}

/** Runs every check of a receiver on a fetched submission. Throws nothing for a bad submission. */
export async function checkSubmission(fetched: Fetched, receiver: Receiver): Promise<CheckResult> {
  const { submission, log } = fetched;
  const keys = receiver.decryptionKeys();
  const report = createReport();
  report.ran("eventLog");
  for (const found of log.problems) report.fail("eventLog", found);
  checkTags(fetched, report);
  const metadataBytes = await open("metadata", submission.encryptedMetadata, keys, report);
  const metadata = metadataBytes && readMetadata(metadataBytes, submission, report);
  if (submission.encryptedData === undefined) {
    report.fail("decryption", problem("missing-data", "data", "Es wurden keine Fachdaten gesendet"));
  }
  const data = submission.encryptedData && (await open("data", submission.encryptedData, keys, report));
  const attachments = await openAttachments(fetched, keys, report);
  if (!metadata) return { ok: false, items: report.items(), problems: report.problems };
  checkAttachmentLists(fetched, metadata, report);
  checkHashes(metadata, data || undefined, attachments, report);
  const content = await checkContent({ submission, metadata, data: data || undefined, attachments, receiver, report });
  if (report.problems.length > 0 || !content) return { ok: false, items: report.items(), problems: report.problems };
  return { ok: true, items: report.items(), content };
}
