import type { Relation } from "#flows/household/relations.ts";

type Values = Readonly<Record<string, unknown>>;

/** The list of relatives that services ask for (domain 2.4). */
export const FAMILY = "family";

const entriesOf = (answers: Values): Values[] => {
  const list = answers[FAMILY];
  return Array.isArray(list) ? (list as unknown[]).filter(isValues) : [];
};

const isValues = (value: unknown): value is Values => typeof value === "object" && value !== null;

function known(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/**
 * What the husband or wife of somebody would enter in their own list of relatives: that person, and the children named there.
 * Proposals like all that is carried over; of everybody else nothing follows.
 */
export function familyFor(relation: Relation, first: Values): { [FAMILY]?: Values[] } {
  const named = entriesOf(first);
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

/** What was carried over for an entry of the list: of the same person, or of the next one who is not entered yet. */
export function carriedEntry(carried: Values, items: readonly Values[], item: Values): Values | undefined {
  const entries = entriesOf(carried);
  if (item["relativeGivenNames"] !== undefined) return entries.find((entry) => isSamePerson(entry, item));
  return entries.find((entry) => !items.some((other) => isSamePerson(entry, other)));
}

/** True if each entry of the list has in this field what was carried over for the same person. */
export function isCarriedEverywhere(field: string, answers: Values, carried: Values): boolean {
  const items = entriesOf(answers);
  const entries = entriesOf(carried);
  const has = (item: Values) => entries.some((entry) => isSamePerson(entry, item) && entry[field] === item[field]);
  return items.length > 0 && items.every((item) => item[field] === undefined || has(item));
}
