import { Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createDeflate, createInflate } from "node:zlib";

const SIGNATURE = "89504e470d0a1a0a";
/** Channels by colour type (PNG, third edition, 11.2.1): grey, colour, palette, grey and opacity, colour and opacity. */
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Filter of every line that is written here: the difference to the pixel before. */
const SUB = 1;

/** Pixels of a PNG as PDF takes them: `zlib` data of filtered lines (ISO 32000-1, 7.4.4.4), with what reading them needs. */
export type Pixels = {
  width: number;
  height: number;
  /** 1 grey or palette, 3 colour. */
  channels: 1 | 3;
  depth: number;
  /** Red, green and blue of each entry. */
  palette?: Uint8Array;
  zlib: Uint8Array;
};

type Parts = { header: Buffer; palette: Buffer | undefined; data: Buffer };

function partsOf(png: Uint8Array): Parts {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const data: Buffer[] = [];
  const found = new Map<string, Buffer>();
  if (bytes.toString("hex", 0, 8) !== SIGNATURE) throw new RangeError("This is no PNG");
  for (let at = 8; at + 12 <= bytes.length;) {
    const [length, name] = [bytes.readUInt32BE(at), bytes.toString("latin1", at + 4, at + 8)];
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (name === "IDAT") data.push(content);
    else found.set(name, content);
    at += length + 12;
  }
  const header = found.get("IHDR");
  if (header?.length !== 13 || data.length === 0) throw new RangeError("This PNG has no picture");
  return { header, palette: found.get("PLTE"), data: Buffer.concat(data) };
}

/**
 * Reads a PNG as this service stores pictures: not interlaced, with opacity only in eight bits. What is opaque keeps its data;
 * what is not is laid on white. The same PNG gives the same data.
 * @throws RangeError for any other PNG, Error for damaged data
 */
export async function pngPixels(png: Uint8Array): Promise<Pixels> {
  const { header, palette, data } = partsOf(png);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, type, interlaced] = [header.readUInt8(8), header.readUInt8(9), header.readUInt8(12)];
  const channels = channelsOf[type];
  const isOpaque = channels === 1 || channels === 3;
  if (channels === undefined || interlaced !== 0 || (!isOpaque && depth !== 8) || (type === 3) !== Boolean(palette)) {
    throw new RangeError("A PNG of a kind that is not stored");
  }
  if (isOpaque) return { width, height, channels, depth, ...(palette && { palette }), zlib: data };
  const lines = createInflate();
  const flattened = lines.pipe(onWhite(width, channels)).pipe(createDeflate());
  // An error of one stream does not end the next ones by itself.
  lines.once("error", (error) => flattened.destroy(error));
  lines.end(data);
  return { width, height, channels: channels === 2 ? 1 : 3, depth, zlib: await buffer(flattened) };
}

/** Takes lines with opacity, and gives the same lines as they look on white paper. */
function onWhite(width: number, channels: number): Transform {
  const lineBytes = width * channels;
  let before: Buffer = Buffer.alloc(lineBytes);
  let rest: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      while (rest.length > lineBytes) {
        const line = Buffer.from(rest.subarray(1, lineBytes + 1));
        unfilter(rest.readUInt8(0), line, before, channels);
        this.push(flattenedLine(line, channels));
        before = line;
        rest = rest.subarray(lineBytes + 1);
      }
      done();
    },
  });
}

/** Undoes the filter of a line in place (PNG, third edition, 9.2). */
function unfilter(filter: number, line: Buffer, above: Buffer, step: number): void {
  for (let at = 0; at < line.length; at += 1) {
    const left = line[at - step] ?? 0;
    const up = above[at] ?? 0;
    const corner = at < step ? 0 : (above[at - step] ?? 0);
    line[at] = ((line[at] ?? 0) + predicted(filter, left, up, corner)) & 0xff;
  }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function flattenedLine(line: Buffer, channels: number): Buffer {
  const colours = channels - 1;
  const width = line.length / channels;
  const result = Buffer.alloc(1 + width * colours);
  result[0] = SUB;
  const last = new Uint8Array(colours);
  for (let pixel = 0; pixel < width; pixel += 1) {
    const opacity = line[pixel * channels + colours] ?? 0;
    for (let colour = 0; colour < colours; colour += 1) {
      const value = line[pixel * channels + colour] ?? 0;
      const seen = Math.round((value * opacity + 255 * (255 - opacity)) / 255);
      result[1 + pixel * colours + colour] = (seen - (last[colour] ?? 0)) & 0xff;
      last[colour] = seen;
    }
  }
  return result;
}
