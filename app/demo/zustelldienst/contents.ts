import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createJweScanner, MAXIMUM_JWE_LENGTH, type JweOutline } from "./jwe.ts";
import { refuse, type Outcome } from "./problems.ts";

/** Folder of ciphertexts, one file per JWE under a random name; what a name belongs to is in the store. */
export interface Contents {
  /** Writes the stream to a new file and outlines the JWE; on refusal nothing stays behind. */
  receive(body: ReadableStream<Uint8Array> | null): Promise<Outcome<{ file: string; outline: JweOutline }>>;
  text(file: string): Promise<string>;
  stream(file: string): ReadableStream;
  remove(files: readonly string[]): Promise<void>;
  /** Deletes files that nothing refers to, left over from a crash or an interrupted upload. */
  keepOnly(files: ReadonlySet<string>): Promise<void>;
}

/** Opens (and creates) the folder of ciphertexts. */
export async function openContents(folder: string): Promise<Contents> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (file: string) => join(folder, file);
  const remove = async (files: readonly string[]) => {
    await Promise.all(files.map((file) => rm(pathOf(file), { force: true })));
  };

  return {
    receive: async (body) => {
      const file = `${randomUUID()}.jwe`;
      const outcome = await writeStream(pathOf(file), body).catch(async (cause: unknown) => {
        await remove([file]);
        throw cause;
      });
      if (outcome.ok) return { ok: true, value: { file, outline: outcome.value } };
      await remove([file]);
      return outcome;
    },
    text: (file) => readFile(pathOf(file), "ascii"),
    stream: (file) => Readable.toWeb(createReadStream(pathOf(file))) as ReadableStream,
    remove,
    keepOnly: async (files) => {
      const present = await readdir(folder);
      await remove(present.filter((file) => !files.has(file)));
    },
  };
}

async function writeStream(path: string, body: ReadableStream<Uint8Array> | null): Promise<Outcome<JweOutline>> {
  const scanner = createJweScanner();
  const handle = await open(path, "wx", 0o600);
  let size = 0;
  try {
    const reader = body?.getReader();
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      size += part.value.byteLength;
      if (size > MAXIMUM_JWE_LENGTH) {
        await reader?.cancel();
        return refuse("payload-too-large", `at most ${MAXIMUM_JWE_LENGTH} bytes`);
      }
      scanner.push(part.value);
      await handle.write(part.value);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return scanner.finish();
}

/** A text as the byte stream that {@link Contents.receive} takes. */
export function textStream(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream();
}
