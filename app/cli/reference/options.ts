import type { CsvRow } from "#app/cli/reference/authorities.ts";

/** Answer of a form with its official code and text. */
type Option = { id: string; code: string; text: string };

/** Answers on marital status in the order of the form, with their DSMeld keys. */
export const maritalStatusKeys = {
  single: "LD",
  married: "VH",
  civilPartnership: "LP",
  divorced: "GS",
  widowed: "VW",
  marriageAnnulled: "EA",
  civilPartnershipDissolved: "LA",
  civilPartnershipWidowed: "LV",
  civilPartnershipDeclaredDead: "LE",
  unknown: "NB",
} as const;

/** Answers on sex; the ids are the codes of XInneres. */
export const sexKeys = { w: "w", m: "m", d: "d", x: "x" } as const;

/** Kinds of identity paper with their DSMeld keys; German travel documents for foreigners have one of their own. */
export const documentKeys = {
  passport: "07",
  expiredPassport: "07",
  officialPassport: "07",
  travelDocument: "05",
  statelessTravelDocument: "08",
  otherSubstitute: "06",
  idCard: "07",
} as const;

/** Looks the official texts up; an unknown key stops the import. */
export function options(
  keys: Readonly<Record<string, string>>,
  rows: readonly CsvRow[],
  code: string,
  text: string,
): Option[] {
  return Object.entries(keys).map(([id, key]) => {
    const found = rows.find((row) => row[code] === key);
    if (!found) throw new Error(`The official list has no key "${key}"`);
    return { id, code: key, text: found[text] ?? "" };
  });
}
