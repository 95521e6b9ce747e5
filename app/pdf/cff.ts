import { numbers } from "#app/pdf/sfnt.ts";

/** Adobe Technical Note 5176: operators of the Top DICT; two-byte ones as 1200 + second byte. */
const CHARSET = 15;
const CHAR_STRINGS = 17;
const ROS = 1230;

type Index = { count: number; end: number; item: (index: number) => Uint8Array };

function readIndex(cff: Uint8Array, at: number): Index {
  const view = numbers(cff);
  const count = view.getUint16(at);
  if (count === 0) return { count, end: at + 2, item: () => new Uint8Array() };
  const size = view.getUint8(at + 2);
  const offset = (index: number) => {
    const from = at + 3 + index * size;
    return cff.subarray(from, from + size).reduce((sum, byte) => sum * 256 + byte, 0);
  };
  const base = at + 2 + (count + 1) * size;
  return {
    count,
    end: base + offset(count),
    item: (index) => cff.subarray(base + offset(index), base + offset(index + 1)),
  };
}

/** The whole numbers of a DICT by operator; real numbers are skipped, nothing here needs them. */
function readDict(dict: Uint8Array): Map<number, number[]> {
  const view = numbers(dict);
  const found = new Map<number, number[]>();
  let operands: number[] = [];
  let at = 0;
  while (at < dict.length) {
    const byte = view.getUint8(at);
    at += 1;
    if (byte <= 21) {
      const operator = byte === 12 ? 1200 + view.getUint8(at) : byte;
      if (byte === 12) at += 1;
      found.set(operator, operands);
      operands = [];
    } else if (byte === 28) {
      operands.push(view.getInt16(at));
      at += 2;
    } else if (byte === 29) {
      operands.push(view.getInt32(at));
      at += 4;
    } else if (byte === 30) {
      while ((view.getUint8(at) & 15) !== 15) at += 1;
      at += 1;
      operands.push(0);
    } else if (byte <= 246) operands.push(byte - 139);
    else {
      const low = view.getUint8(at);
      operands.push(byte <= 250 ? (byte - 247) * 256 + low + 108 : -(byte - 251) * 256 - low - 108);
      at += 1;
    }
  }
  return found;
}

/**
 * The character id of every glyph of a `CFF ` table, by which a PDF addresses its glyphs (ISO 32000-1, 9.7.4.2): those
 * of the charset in a CID-keyed font, the glyph's own number in any other.
 */
export function characterIds(cff: Uint8Array): readonly number[] {
  const view = numbers(cff);
  const top = readDict(readIndex(cff, readIndex(cff, view.getUint8(2)).end).item(0));
  const count = readIndex(cff, top.get(CHAR_STRINGS)?.[0] ?? 0).count;
  let at = top.get(CHARSET)?.[0] ?? 0;
  if (!top.has(ROS) || at <= 2) return Array.from({ length: count }, (_, glyph) => glyph);
  const format = view.getUint8(at);
  at += 1;
  const ids = [0];
  while (ids.length < count) {
    const first = view.getUint16(at);
    const left = format === 0 ? 0 : format === 1 ? view.getUint8(at + 2) : view.getUint16(at + 2);
    at += 2 + format;
    for (let step = 0; step <= left && ids.length < count; step += 1) ids.push(first + step);
  }
  return ids;
}
