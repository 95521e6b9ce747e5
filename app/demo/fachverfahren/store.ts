import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Content } from "./contentChecks.ts";
import { renameSynced, writeSynced } from "../common/files.ts";
import { payloadSchema, type Payload } from "./payload.ts";
import { submissionRecord, type ApplicationSummary, type SubmissionRecord } from "./record.ts";

/** Counted submissions: received = accepted + rejected + duplicates + those still open. */
export type Statistics = { received: number; accepted: number; rejected: number; duplicates: number };

/** Durable store of everything that was taken in; what it returns as saved survives a kill at any moment. */
export type Store = Awaited<ReturnType<typeof openStore>>;

async function readRecords(folder: string): Promise<SubmissionRecord[]> {
  const records: SubmissionRecord[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name, "record.json");
    const parsed = submissionRecord.safeParse(JSON.parse(await readFile(path, "utf8")));
    if (!parsed.success) throw new Error(`${path} does not fit this version of the software`);
    records.push(parsed.data);
  }
  return records.toSorted((a, b) => a.receivedAt.localeCompare(b.receivedAt));
}

/** Opens the folder of the store and reads its records. @throws when a record cannot be read */
export async function openStore(dataDir: string) {
  const folder = join(dataDir, "submissions");
  // Half-written files lie here until they are renamed; what a crash leaves behind goes at the next start.
  const staging = join(dataDir, "staging");
  await rm(staging, { recursive: true, force: true });
  for (const path of [folder, staging]) await mkdir(path, { recursive: true, mode: 0o700 });

  const records = new Map<string, SubmissionRecord>();
  const byMessage = new Map<string, string>();
  const file = (record: SubmissionRecord) => {
    records.set(record.submissionId, record);
    if (record.application && !record.duplicateOf) byMessage.set(record.application.messageId, record.submissionId);
  };
  for (const record of await readRecords(folder)) file(record);

  const find = (submissionId: string) => records.get(submissionId);

  return {
    find,

    /** All records, oldest first. */
    all: (): SubmissionRecord[] => [...records.values()],

    /** The submission that holds the application with this message id: the newest one that was not a repetition. */
    findMessage(messageId: string): SubmissionRecord | undefined {
      const submissionId = byMessage.get(messageId);
      return submissionId === undefined ? undefined : find(submissionId);
    },

    /** What was added to an application later, oldest first. */
    supplementsOf(messageId: string): SubmissionRecord[] {
      return [...records.values()].filter(
        ({ application, duplicateOf }) => application?.supplements === messageId && !duplicateOf,
      );
    },

    /** Applications of the other people of a household, oldest first. */
    householdOf({ household, reference }: Pick<ApplicationSummary, "household" | "reference">): SubmissionRecord[] {
      return [...records.values()].filter(
        ({ application, duplicateOf }) =>
          household !== undefined &&
          application?.household === household &&
          application.kind === "application" &&
          application.reference !== reference &&
          !duplicateOf,
      );
    },

    /** Files a new submission, with its content when it is the first with its message id. */
    async add(record: SubmissionRecord, content?: Content): Promise<void> {
      const draft = join(staging, randomUUID());
      await mkdir(draft, { mode: 0o700 });
      if (content) {
        await mkdir(join(draft, "attachments"), { mode: 0o700 });
        const isXml = record.application?.mimeType === "application/xml";
        if (isXml) await writeSynced(join(draft, "data.xml"), content.data);
        await writeSynced(join(draft, "data.json"), isXml ? JSON.stringify(content.payload) : content.data);
        await writeSynced(join(draft, "metadata.json"), JSON.stringify(content.metadata));
        for (const [id, bytes] of content.attachments) await writeSynced(join(draft, "attachments", id), bytes);
      }
      await writeSynced(join(draft, "record.json"), JSON.stringify(record));
      await renameSynced(draft, join(folder, record.submissionId));
      file(record);
    },

    /** Replaces the record of a filed submission. */
    async save(record: SubmissionRecord): Promise<void> {
      const draft = join(staging, randomUUID());
      await writeSynced(draft, JSON.stringify(record));
      await renameSynced(draft, join(folder, record.submissionId, "record.json"));
      records.set(record.submissionId, record);
    },

    /** The business record exactly as it was sent. */
    readData: ({ submissionId, application }: SubmissionRecord): Promise<Buffer> =>
      readFile(join(folder, submissionId, application?.mimeType === "application/xml" ? "data.xml" : "data.json")),

    /** The business record as the inbox understands it. */
    async readPayload(submissionId: string): Promise<Payload> {
      return payloadSchema.parse(JSON.parse(await readFile(join(folder, submissionId, "data.json"), "utf8")));
    },

    /** The bytes of an attachment that the record lists. */
    readAttachment: (submissionId: string, attachmentId: string): Promise<Buffer> =>
      readFile(join(folder, submissionId, "attachments", attachmentId)),

    statistics(): Statistics {
      const counts: Statistics = { received: 0, accepted: 0, rejected: 0, duplicates: 0 };
      for (const { state, duplicateOf } of records.values()) {
        counts.received += 1;
        if (duplicateOf) counts.duplicates += 1;
        else if (state !== "open") counts[state] += 1;
      }
      return counts;
    },
  };
}
