import named from "#config/reference/din91379.json" with { type: "json" };
import beyond from "#config/reference/din91379c.json" with { type: "json" };

const datatypes = [named.A, named.B, beyond];
const split = (text: string): string[] => text.split(" ").filter(Boolean);
const point = (hex: string): string => String.fromCodePoint(Number.parseInt(hex, 16));

/** Signs of datatype C as ranges of single characters. */
const ranges = datatypes.flatMap(({ ranges: own }) =>
  split(own).map((range) => {
    const [from = "", to = from] = range.split("-").map(point);
    return { from, to };
  }),
);

/** Letters of several code points, the longest first. */
const sequences = datatypes
  .flatMap(({ sequences: own }) => split(own).map((sequence) => sequence.split("+").map(point).join("")))
  .toSorted((a, b) => b.length - a.length);

/** In a class of a pattern these need a backslash, in XML Schema as in ECMAScript. */
const inClass = (sign: string): string => sign.replace(/[\\\]^[-]/, String.raw`\$&`);
const oneClass = ranges
  .map(({ from, to }) => (from === to ? inClass(from) : `${inClass(from)}-${inClass(to)}`))
  .join("");

/** DIN 91379, datatype C, as a pattern of XML Schema; ours, made from the table of letters. */
export const datatypeC = `([${oneClass}]|${sequences.join("|")})*`;

const piece = new RegExp(`${sequences.join("|")}|[${oneClass}]`, "gu");

/** Stands for a sign that the standard has no place for; the text as it was typed is in the PDF. */
const REPLACEMENT = "?";

const signsIn = (text: string): number => Array.from(text).length;

/**
 * A text as datatype C: composed (NFC), and every sign that the datatype lacks replaced. `isWhole` is false if something was
 * replaced.
 */
export function asDatatypeC(text: string): { text: string; isWhole: boolean } {
  const composed = text.normalize("NFC");
  let end = 0;
  let isWhole = true;
  let result = "";
  for (const match of composed.matchAll(piece)) {
    const skipped = signsIn(composed.slice(end, match.index));
    if (skipped > 0) isWhole = false;
    result += REPLACEMENT.repeat(skipped) + match[0];
    end = match.index + match[0].length;
  }
  const rest = signsIn(composed.slice(end));
  return { text: result + REPLACEMENT.repeat(rest), isWhole: isWhole && rest === 0 };
}
