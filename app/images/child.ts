/**
 * Program of a process that converts pictures, one after the other: they come in through standard input and go out through
 * the fourth pipe, never through a file. It ends when its input closes, so it never outlives the service. Its argument is the
 * memory in MB that it may hold: a HEIC picture that cannot fit is refused before it is decoded.
 */
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { convertImage } from "#app/images/convert.ts";
import { answers, framed, frames, imageKinds, type Answer } from "#app/images/frame.ts";

const OUTPUT = 3;
// Memory in MB of the process before any picture, and in bytes for each pixel of a HEIC picture, both measured.
const BASE_MB = 130;
const HEIC_PIXEL_BYTES = 20;

const memoryMb = Number(process.argv[2]);
const maxHeicPixels = ((memoryMb - BASE_MB) * 1_000_000) / HEIC_PIXEL_BYTES;
const output = createWriteStream("", { fd: OUTPUT });

async function say(answer: Answer, bytes: Uint8Array): Promise<void> {
  for (const part of framed(answers.indexOf(answer), bytes)) {
    if (!output.write(part)) await once(output, "drain");
  }
}

await say("ready", new Uint8Array());
for await (const { code, bytes } of frames(process.stdin)) {
  const kind = imageKinds[code];
  if (!kind) process.exit(2);
  const { answer, bytes: converted } = await convertImage(kind, bytes, maxHeicPixels);
  await say(answer, converted);
}
process.exit(0);
