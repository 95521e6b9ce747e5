import type { IsoDate } from "#flows/engine/dates.ts";
import { isCarriedEverywhere, isFamilyList } from "#flows/household/family.ts";
import { carriedOf } from "#flows/provenance/carried.ts";
import { passportLines } from "#flows/provenance/passportLines.ts";
import { latinNames } from "#flows/provenance/kmu55.ts";

type Values = Readonly<Record<string, unknown>>;

/**
 * Where an answer comes from: typed, from the machine-readable lines, from another member of the household, or spelled from
 * the original script.
 */
export const origins = ["typed", "mrz", "carriedOver", "transliterated"] as const;
export type Origin = (typeof origins)[number];

/** A value that stands in a field before the person has said anything about it. */
export type Proposal = { value: unknown; origin: Exclude<Origin, "typed"> };

/**
 * Values for fields that the person has not answered, by field: the document counts more than a spelling from another
 * script, and both more than other people's answers.
 */
export function proposalsOf(stored: Values, today: IsoDate): Readonly<Record<string, Proposal>> {
  const from = (values: Values, origin: Proposal["origin"]) =>
    Object.entries(values).map(([name, value]) => [name, { value, origin }] as const);
  return Object.fromEntries([
    ...from(carriedOf(stored), "carriedOver"),
    ...from(latinNames(stored), "transliterated"),
    ...from(passportLines(stored, today), "mrz"),
  ]);
}

/**
 * Where each answer comes from. Only the very same value counts as taken over; whoever changes a single letter of a
 * proposal has typed it. Answers of a group's entries (`group/field`) are taken over if they are so in each entry.
 * @param answers answers as they are sent
 * @param carried what another member of the household had said
 */
export function originsOf(answers: Values, carried: Values, today: IsoDate): (name: string) => Origin {
  const lines = passportLines(answers, today);
  const spelled = latinNames(answers);
  const isSame = (name: string, values: Values) =>
    values[name] !== undefined && JSON.stringify(values[name]) === JSON.stringify(answers[name]);
  return (name) => {
    const [group = "", entryField] = name.split("/");
    if (entryField !== undefined) {
      const isCarried = isFamilyList(group) && isCarriedEverywhere(group, entryField, answers, carried);
      return isCarried ? "carriedOver" : "typed";
    }
    if (isSame(name, lines)) return "mrz";
    if (isSame(name, spelled)) return "transliterated";
    return isSame(name, carried) ? "carriedOver" : "typed";
  };
}
