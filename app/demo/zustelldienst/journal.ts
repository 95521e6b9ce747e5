import { open, readFile, truncate } from "node:fs/promises";

/** Append-only file of JSON lines; a line is on disk (fsync) before its promise resolves. */
export interface Journal {
  append(entry: unknown): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the journal and hands every complete line to `replay`. A torn last line, left by a crash in the middle of a
 * write, was never acknowledged and is cut off; damage anywhere else is an error.
 */
export async function openJournal(path: string, replay: (entry: unknown) => void): Promise<Journal> {
  const handle = await open(path, "a", 0o600);
  try {
    await replayLines(path, replay);
  } catch (cause) {
    await handle.close();
    throw cause;
  }

  let waiting: { line: string; done: () => void; failed: (cause: unknown) => void }[] = [];
  let writing: Promise<void> | undefined;

  const write = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await handle.appendFile(batch.map((entry) => entry.line).join(""));
        await handle.sync();
        for (const entry of batch) entry.done();
      } catch (cause) {
        for (const entry of batch) entry.failed(cause);
      }
    }
    writing = undefined;
  };

  return {
    append: (entry) =>
      new Promise((done, failed) => {
        waiting.push({ line: `${JSON.stringify(entry)}\n`, done, failed });
        writing ??= write();
      }),
    close: async () => {
      await writing;
      await handle.close();
    },
  };
}

async function replayLines(path: string, replay: (entry: unknown) => void): Promise<void> {
  const bytes = await readFile(path);
  const complete = bytes.lastIndexOf(0x0a) + 1;
  let start = 0;
  let number = 0;
  while (start < complete) {
    const end = bytes.indexOf(0x0a, start);
    number += 1;
    try {
      replay(JSON.parse(bytes.toString("utf8", start, end)));
    } catch (cause) {
      throw new Error(`journal damaged in line ${number}`, { cause });
    }
    start = end + 1;
  }
  if (complete < bytes.length) await truncate(path, complete);
}
