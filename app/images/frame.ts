import type { Readable } from "node:stream";

/** Kinds of picture that can be converted. */
export const imageKinds = ["image/jpeg", "image/png", "image/heic"] as const;
export type ImageKind = (typeof imageKinds)[number];

/** What a process says: it is ready, the picture in its new form, or why there is none. */
export const answers = ["ready", "image/jpeg", "image/png", "damaged", "tooManyPixels"] as const;
export type Answer = (typeof answers)[number];

/** One message between the service and a process that converts: a number from one of the lists, and bytes. */
export type Frame = { code: number; bytes: Buffer };

/** No message is longer, in bytes: neither what people may hand in nor what 4000 by 4000 pixels make of it. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024;
const HEADER_BYTES = 5;

/** A message as it goes over the pipe: one byte code, four bytes length, the bytes. */
export function framed(code: number, bytes: Uint8Array): Buffer[] {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(code, 0);
  header.writeUInt32BE(bytes.length, 1);
  return [header, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)];
}

/**
 * Reads messages until the pipe closes.
 * @throws RangeError when a message announces more bytes than any has
 */
export async function* frames(pipe: Readable): AsyncIterable<Frame> {
  let chunks: Buffer[] = [];
  let held = 0;
  let needed = HEADER_BYTES;
  for await (const chunk of pipe) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError("A pipe of bytes is needed");
    chunks.push(chunk);
    held += chunk.length;
    while (held >= needed) {
      const all = Buffer.concat(chunks);
      const length = all.readUInt32BE(1);
      if (length > MAX_FRAME_BYTES) throw new RangeError(`A message of ${length} bytes`);
      needed = HEADER_BYTES + length;
      chunks = [all];
      if (held < needed) break;
      yield { code: all.readUInt8(0), bytes: all.subarray(HEADER_BYTES, needed) };
      chunks = [all.subarray(needed)];
      held -= needed;
      needed = HEADER_BYTES;
    }
  }
}
