import type { IsoDate } from "#flows/engine/dates.ts";
import type { Facts } from "#flows/engine/facts.ts";
import { carriedFor, sinceBirth } from "#flows/household/carry.ts";
import type { Relation } from "#flows/household/relations.ts";
import { templateColumns } from "#flows/import/columns.ts";
import type { Person } from "#flows/import/person.ts";
import { latinNames } from "#flows/provenance/kmu55.ts";
import { isSurelyMinor } from "#flows/steps/rules.ts";

type Answers = Facts["answers"];

/**
 * What the template itself says of everybody in the file: they fled from Ukraine, hold no title, want temporary protection, and
 * have made the declarations on paper.
 */
const ofEverybody: Answers = {
  fledUkraine: true,
  familyOf: "none",
  currentTitleType: "none",
  request: "first",
  purpose: "protection",
  protectionGoal: "ukraine",
  postalDelivery: false,
  declareAuthorised: true,
  declareTrue: true,
  declareDuties: true,
  declareHelped: true,
};

/** Who files, by the role of the representative (§ 80 AufenthG). */
const applicants = { parent: "child", guardian: "ward", attorney: "other" } as const;
const isRole = (value: unknown): value is keyof typeof applicants => typeof value === "string" && value in applicants;

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** What the first person's row says for somebody else: the same that is proposed to a family that applies page by page. */
function sharedWith({ answers, relation = "other" }: Person, first: Answers, today: IsoDate): Answers {
  const isMinor = isSurelyMinor(textOf(answers["dateOfBirth"]), today);
  // Names and dates of birth are each person's own: nothing of a child tells those of its parent.
  const as: Relation = relation === "parent" || (relation === "child" && !isMinor) ? "other" : relation;
  return sinceBirth(carriedFor(as, first), answers["dateOfBirth"]);
}

/** Columns that the others may leave out: what the first person's row says there holds for them, too. */
export const sharedFields: readonly string[] = Object.keys(
  carriedFor("other", Object.fromEntries(templateColumns.map(({ name }) => [name, name]))),
).filter((name) => templateColumns.some((column) => column.name === name));

/** The entry of a relative, if the row says enough of them. */
function relativeOf(relation: "spouse" | "child", { row, answers }: Pick<Person, "row" | "answers">): Answers[] {
  const { familyName, givenNames, dateOfBirth, sex, nationalities } = answers;
  const [nationality] = Array.isArray(nationalities) ? (nationalities as unknown[]) : [];
  const isKnown = familyName !== undefined && givenNames !== undefined && dateOfBirth !== undefined;
  if (!isKnown) return [];
  return [
    {
      id: `row${row}`,
      relation,
      relativeFamilyName: familyName,
      relativeGivenNames: givenNames,
      relativeDateOfBirth: dateOfBirth,
      relativeSex: sex,
      relativeNationality: nationality,
      relativeResidence: "germany",
      relativeSameAddress: true,
      relativeTitle: "noPaper",
    },
  ];
}

/** Spouse and children of a person, as far as the relations to the first person tell them. */
function familyOf(person: Person, all: readonly Person[]): Answers[] {
  const first = all.find(({ relation }) => relation === undefined);
  if (first === undefined) return [];
  if (person === first) {
    return all.flatMap((other) =>
      other.relation === "spouse" || other.relation === "child" ? relativeOf(other.relation, named(other)) : [],
    );
  }
  if (person.relation === "spouse") return relativeOf("spouse", named(first));
  return person.relation === "parent" ? relativeOf("child", named(first)) : [];
}

/** A person with the Latin spelling of a name that no paper shows in Latin letters (resolution 55/2010). */
function named<P extends Pick<Person, "row" | "answers">>(person: P): P {
  return { ...person, answers: { ...latinNames(person.answers), ...person.answers } };
}

/** Stored answers of a person of a family, as its draft would hold them: own ones before those of the first person. */
export function storedAnswers(person: Person, all: readonly Person[], today: IsoDate): Answers {
  const first = all.find(({ relation }) => relation === undefined);
  const isFirst = person === first;
  const own = named(person).answers;
  const shared = isFirst || first === undefined ? {} : sharedWith(person, named(first).answers, today);
  const role = own["representativeRole"];
  const born = textOf(own["dateOfBirth"]);
  const known: Answers = {
    ...ofEverybody,
    applicantIs: "self",
    ...(isSurelyMinor(born, today) ? {} : { careOfMinor: "adult" }),
    ...shared,
    ...(isRole(role) ? { applicantIs: applicants[role] } : {}),
    ...own,
  };
  return {
    ...known,
    ...(known["email"] === undefined ? {} : { emailRepeat: known["email"] }),
    family: familyOf(person, all),
    ...(isFirst ? {} : { carried: shared }),
  };
}
