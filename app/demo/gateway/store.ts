import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { renameSynced, replaceFile, writeSynced } from "../common/files.ts";
import { recordSchema, type MessageRecord } from "./record.ts";

/** Counted messages: received = accepted + rejected + duplicates + those still open. */
export type Statistics = { received: number; accepted: number; rejected: number; duplicates: number };

/** Files of a message by name; of a message that was refused there may be none. */
type Contents = ReadonlyMap<string, Uint8Array>;

/** Durable store of everything that was taken over; the ledger by message id. */
export type Store = Awaited<ReturnType<typeof openStore>>;

async function readRecords(folder: string): Promise<MessageRecord[]> {
  const names = await readdir(folder);
  const records = await Promise.all(
    names.map(async (name) =>
      recordSchema.parse(JSON.parse(await readFile(join(folder, name, "record.json"), "utf8"))),
    ),
  );
  return records.toSorted((a, b) => a.receivedAt.localeCompare(b.receivedAt));
}

/** Opens the folder of the store. @throws when a record cannot be read */
export async function openStore(dataDir: string) {
  const folder = join(dataDir, "messages");
  const staging = join(dataDir, "staging");
  await rm(staging, { recursive: true, force: true });
  for (const path of [folder, staging]) await mkdir(path, { recursive: true, mode: 0o700 });
  const records = new Map((await readRecords(folder)).map((record) => [record.messageId, record]));

  return {
    find: (messageId: string) => records.get(messageId.toLowerCase()),

    /** All messages, oldest first. */
    all: (): MessageRecord[] => [...records.values()],

    async add(record: MessageRecord, contents: Contents): Promise<void> {
      const draft = join(staging, randomUUID());
      for (const part of ["", "files", "answers"]) await mkdir(join(draft, part), { mode: 0o700 });
      for (const [name, bytes] of contents) await writeSynced(join(draft, "files", name), bytes);
      await writeSynced(join(draft, "record.json"), JSON.stringify(record));
      await renameSynced(draft, join(folder, record.messageId));
      records.set(record.messageId, record);
    },

    async save(record: MessageRecord): Promise<void> {
      await replaceFile(join(folder, record.messageId, "record.json"), JSON.stringify(record));
      records.set(record.messageId, record);
    },

    readFile: ({ messageId }: MessageRecord, name: string): Promise<Buffer> =>
      readFile(join(folder, messageId, "files", name)),

    keepAnswer: ({ messageId }: MessageRecord, id: string, xml: string): Promise<void> =>
      replaceFile(join(folder, messageId, "answers", `${id}.xml`), xml),

    readAnswer: ({ messageId }: MessageRecord, id: string): Promise<Buffer> =>
      readFile(join(folder, messageId, "answers", `${id}.xml`)),

    statistics(): Statistics {
      const counts: Statistics = { received: 0, accepted: 0, rejected: 0, duplicates: 0 };
      for (const { state, repetitions } of records.values()) {
        counts.received += 1 + repetitions.length;
        counts.duplicates += repetitions.length;
        if (state !== "open") counts[state] += 1;
      }
      return counts;
    },
  };
}
