/** Tables of an OpenType font by their tags. */
export type Tables = ReadonlyMap<string, Uint8Array>;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A reader over the big-endian numbers of a table. */
export const numbers = viewOf;

/** The tables of a font file (OpenType 1.9, "Organization of an OpenType Font"). */
export function readTables(font: Uint8Array): Tables {
  const view = viewOf(font);
  const records = Array.from({ length: view.getUint16(4) }, (_, index) => 12 + index * 16);
  return new Map(
    records.map((at) => {
      const tag = String.fromCharCode(...font.subarray(at, at + 4));
      const offset = view.getUint32(at + 8);
      return [tag, font.subarray(offset, offset + view.getUint32(at + 12))];
    }),
  );
}

function checksum(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

const padded = (length: number) => Math.ceil(length / 4) * 4;
const CHECKSUM_OF_FONT = 0xb1b0afba;

/** A TrueType font file of these tables. */
export function writeTables(tables: Tables): Uint8Array {
  const entries = [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const start = 12 + entries.length * 16;
  const bytes = new Uint8Array(entries.reduce((sum, [, table]) => sum + padded(table.length), start));
  const view = viewOf(bytes);
  const power = Math.floor(Math.log2(entries.length));
  view.setUint32(0, 0x00010000);
  [entries.length, 16 * 2 ** power, power, 16 * (entries.length - 2 ** power)].forEach((value, index) =>
    view.setUint16(4 + index * 2, value),
  );
  let offset = start;
  entries.forEach(([tag, table], index) => {
    const at = 12 + index * 16;
    bytes.set(table, offset);
    if (tag === "head") view.setUint32(offset + 8, 0);
    Array.from(tag, (letter, place) => view.setUint8(at + place, letter.charCodeAt(0)));
    view.setUint32(at + 4, checksum(bytes.subarray(offset, offset + padded(table.length))));
    view.setUint32(at + 8, offset);
    view.setUint32(at + 12, table.length);
    offset += padded(table.length);
  });
  const head = entries.findIndex(([tag]) => tag === "head");
  if (head >= 0) view.setUint32(view.getUint32(12 + head * 16 + 8) + 8, (CHECKSUM_OF_FONT - checksum(bytes)) >>> 0);
  return bytes;
}
