import { randomUUID } from "node:crypto";
import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readMail, type ReadMail } from "./mime.ts";

/** So many mails are kept; older ones are forgotten. */
export const KEPT = 500;

const record = z.object({
  id: z.uuid(),
  receivedAt: z.iso.datetime(),
  from: z.string(),
  to: z.array(z.string()),
  raw: z.base64(),
});
type StoredMail = z.infer<typeof record>;

/** A mail that was handed in, with the addresses of its envelope. */
export type Mail = Omit<StoredMail, "raw"> & ReadMail;

/** Received mails, newest first; a mail is on the disk before `add` resolves. */
export type Store = {
  add: (mail: { from: string; to: string[]; raw: Buffer; receivedAt: Date }) => Promise<void>;
  all: () => Mail[];
  find: (id: string) => Mail | undefined;
};

function parsed(line: string): StoredMail[] {
  try {
    return [record.parse(JSON.parse(line))];
  } catch {
    // The last line of a process that was killed while it wrote; the sender was never told that it arrived.
    return [];
  }
}

function asMail({ raw, ...rest }: StoredMail): Mail {
  return { ...rest, ...readMail(Buffer.from(raw, "base64")) };
}

const lines = (mails: readonly StoredMail[]) => mails.map((mail) => `${JSON.stringify(mail)}\n`).join("");

/** Opens the journal below a folder, cut to the mails that are kept. */
export async function openStore(dataDir: string): Promise<Store> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, "mails.jsonl");
  const text = await readFile(file, "utf8").catch(() => "");
  let stored = text
    .split("\n")
    .filter(Boolean)
    .flatMap((line) => parsed(line))
    .slice(-KEPT);
  async function rewrite(): Promise<void> {
    await writeFile(`${file}.new`, lines(stored), { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
  }
  await rewrite();
  let written = stored.length;
  let turn: Promise<void> = Promise.resolve();
  async function keep(mail: StoredMail): Promise<void> {
    await appendFile(file, lines([mail]), { flush: true });
    stored = [...stored, mail].slice(-KEPT);
    written += 1;
    if (written < 2 * KEPT) return;
    await rewrite();
    written = stored.length;
  }
  return {
    add: ({ from, to, raw, receivedAt }) => {
      const mail = { id: randomUUID(), receivedAt: receivedAt.toISOString(), from, to, raw: raw.toString("base64") };
      const added = turn.then(() => keep(mail));
      turn = added.catch(() => undefined);
      return added;
    },
    all: () => stored.map(asMail).toReversed(),
    find: (id) => stored.filter((mail) => mail.id === id).map(asMail)[0],
  };
}
