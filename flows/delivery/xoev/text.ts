import named from "#config/reference/din91379.json" with { type: "json" };
import beyond from "#config/reference/din91379c.json" with { type: "json" };

const datatypes = [named.A, named.B, beyond];
const split = (text: string): string[] => text.split(" ").filter(Boolean);
const point = (hex: string): string => String.fromCodePoint(Number.parseInt(hex, 16));

/** Signs of datatype C as ranges of single characters, by their code points. */
const ranges = datatypes.flatMap(({ ranges: own }) =>
  split(own).map((range) => {
    const [from = 0, to = from] = range.split("-").map((hex) => Number.parseInt(hex, 16));
    return { from, to };
  }),
);

/** Letters of several code points, the longest first. */
const sequences = datatypes
  .flatMap(({ sequences: own }) => split(own).map((sequence) => sequence.split("+").map(point).join("")))
  .toSorted((a, b) => b.length - a.length);

/** In a class of a pattern these need a backslash, in XML Schema as in ECMAScript. */
const isSpecial = (sign: string): boolean => String.raw`\]^[-`.includes(sign);

/** A range in a class; no range begins or ends with a sign behind a backslash, for libxml2 takes that as three signs. */
function inClass({ from, to }: { from: number; to: number }): string {
  const first = String.fromCodePoint(from);
  const last = String.fromCodePoint(to);
  if (isSpecial(first)) return `\\${first}${from < to ? inClass({ from: from + 1, to }) : ""}`;
  if (isSpecial(last)) return `${inClass({ from, to: to - 1 })}\\${last}`;
  return from === to ? first : `${first}-${last}`;
}
const oneClass = ranges.map(inClass).join("");

/** DIN 91379, datatype C, as a pattern of XML Schema; ours, made from the table of letters. */
export const datatypeC = `([${oneClass}]|${sequences.join("|")})*`;

const piece = new RegExp(`${sequences.join("|")}|[${oneClass}]`, "gu");

/** Stands for a sign that the standard has no place for; the text as it was typed is in the PDF. */
const REPLACEMENT = "?";

/** What telephones and word processors put in the place of signs that the datatype has; marks that nobody sees go. */
const alike: readonly (readonly [RegExp, string])[] = [
  [/\p{Cf}/gu, ""],
  [/\p{Zs}/gu, " "],
  [/[\p{Zl}\p{Zp}]/gu, "\n"],
  [/[\u2010-\u2015\u2212]/g, "-"],
  [/[\u2018\u201a\u201b\u2039\u203a\u02bc]/g, "\u2019"],
  [/[\u201c-\u201f]/g, '"'],
  [/\u2026/g, "..."],
];

/** Signs that the datatype lacks, by those that mean the same; `isWhole` is false if one has none. */
function replaced(text: string): { text: string; isWhole: boolean } {
  const plain = alike.reduce((done, [signs, plainer]) => done.replace(signs, plainer), text);
  const result = plain.replace(/[^\n -~\u2019]/gu, REPLACEMENT);
  return { text: result, isWhole: result === plain };
}

/**
 * A text as datatype C: composed (NFC), and every sign that the datatype lacks replaced, by one that means the same where
 * there is one. `isWhole` is false if something was lost.
 */
export function asDatatypeC(text: string): { text: string; isWhole: boolean } {
  const composed = text.normalize("NFC");
  let end = 0;
  let isWhole = true;
  let result = "";
  const replace = (until?: number) => {
    const found = replaced(composed.slice(end, until));
    result += found.text;
    isWhole &&= found.isWhole;
  };
  for (const match of composed.matchAll(piece)) {
    if (match.index > end) replace(match.index);
    result += match[0];
    end = match.index + match[0].length;
  }
  replace();
  return { text: result, isWhole };
}
