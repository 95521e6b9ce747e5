import type { Relation } from "#flows/household/relations.ts";

type Values = Readonly<Record<string, unknown>>;

/** Where the relatives stand whom somebody named for another member. */
const FAMILY = "family";
/** The list of those beside the person whom a title depends on, who has pages of their own. */
const FURTHER_FAMILY = "furtherFamily";
const familyLists: readonly string[] = [FAMILY, FURTHER_FAMILY];

/** True for the lists of relatives that services ask for; each asks one of them (domain 2.4). */
export function isFamilyList(name: string): boolean {
  return familyLists.includes(name);
}

function entriesOf(answers: Values, list: string): Values[] {
  const entries = answers[list];
  return Array.isArray(entries) ? (entries as unknown[]).filter(isValues) : [];
}

/** The entries of the list that a person has filled in. */
export function relativeEntries(answers: Values): Values[] {
  return familyLists.flatMap((list) => entriesOf(answers, list));
}

const isValues = (value: unknown): value is Values => typeof value === "object" && value !== null;

function known(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/**
 * What the husband or wife of somebody would enter in their own list of relatives: that person, and the children named there.
 * Proposals like all that is carried over; of everybody else nothing follows.
 */
export function familyFor(relation: Relation, first: Values): { [FAMILY]?: Values[] } {
  const named = relativeEntries(first);
  if (relation !== "spouse" || named.length === 0) return {};
  const nationalities: unknown = first["nationalities"];
  const spouse = known({
    relation: "spouse",
    relativeFamilyName: first["familyName"],
    relativeGivenNames: first["givenNames"],
    relativeDateOfBirth: first["dateOfBirth"],
    relativeSex: first["sex"],
    relativeNationality: Array.isArray(nationalities) ? (nationalities[0] as unknown) : undefined,
    relativeResidence: "germany",
    relativeSameAddress: named.find((entry) => entry["relation"] === "spouse")?.["relativeSameAddress"],
  });
  const children = named.filter((entry) => entry["relation"] === "child");
  return { [FAMILY]: [spouse, ...children.map(({ id: _id, ...child }) => child)] };
}

/** True for two entries of the same person, as far as name and birth tell. */
function isSamePerson(one: Values, other: Values): boolean {
  return ["relativeGivenNames", "relativeDateOfBirth"].every((field) => one[field] === other[field]);
}

/** The person whom the title depends on, as an entry would name them. */
const referenceIn = (answers: Values): Values => ({
  relativeGivenNames: answers["referenceGivenNames"],
  relativeDateOfBirth: answers["referenceDateOfBirth"],
});

/** The entries that were carried over for a list. */
function carriedTo(list: string, answers: Values, carried: Values): Values[] {
  const entries = entriesOf(carried, FAMILY);
  return list === FAMILY ? entries : entries.filter((entry) => !isSamePerson(entry, referenceIn(answers)));
}

/** What was carried over for an entry of a list: of the same person, or of the next one who is not entered yet. */
export function carriedEntry(list: string, answers: Values, carried: Values, item: Values): Values | undefined {
  const entries = carriedTo(list, answers, carried);
  if (item["relativeGivenNames"] !== undefined) return entries.find((entry) => isSamePerson(entry, item));
  return entries.find((entry) => !entriesOf(answers, list).some((other) => isSamePerson(entry, other)));
}

/** True if each entry of the list has in this field what was carried over for the same person. */
export function isCarriedEverywhere(list: string, field: string, answers: Values, carried: Values): boolean {
  const items = entriesOf(answers, list);
  const entries = carriedTo(list, answers, carried);
  const has = (item: Values) => entries.some((entry) => isSamePerson(entry, item) && entry[field] === item[field]);
  return items.length > 0 && items.every((item) => item[field] === undefined || has(item));
}
