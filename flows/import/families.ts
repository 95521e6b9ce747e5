import type { Facts, Setting } from "#flows/engine/facts.ts";
import { storedAnswers } from "#flows/import/answers.ts";
import { checkAnswers } from "#flows/import/check.ts";
import type { Column } from "#flows/import/columns.ts";
import { readPerson, type Person, type Row } from "#flows/import/person.ts";
import type { Problem } from "#flows/import/problems.ts";
import type { Relation } from "#flows/household/relations.ts";

/** A person of a file whose answers are complete. */
export type Applicant = { row: number; name: string; relation: Relation | undefined; stored: Facts["answers"] };

/** A family of a file. With a single problem none of its persons is filed, and every other family is. */
export type Family = {
  /** Its number in the file. */
  id: string;
  rows: readonly Pick<Person, "row" | "name">[];
  problems: readonly Problem[];
  /** In the order of filing, the first person first, whatever the order of rows; nobody if there is a problem. */
  applicants: readonly Applicant[];
  /** What the file says of the family whatever its number, the order of rows and columns, and the way of writing. */
  said: string;
};

/** What is asked of a file: its columns, the facts of the day, and where else a place may belong. */
export type Checking = {
  columns: readonly Column[];
  setting: Setting;
  /** True if the place of the answers belongs to another authority. */
  isElsewhere: (answers: Facts["answers"]) => boolean;
  mostPersons: number;
};

const home = ["postalCode", "place", "street", "houseNo"] as const;

const at = ({ row, name }: Pick<Person, "row" | "name">) => ({ row, person: name });

/** Problems between the rows of a family: who is the first person, who stands there twice, where they live. */
function between(persons: readonly Person[], mostPersons: number): Problem[] {
  const firsts = persons.filter(({ relation, problems }) => relation === undefined && !namesRelation(problems));
  const [first, ...more] = firsts;
  const isUnclear = persons.some(({ problems }) => namesRelation(problems));
  const [opening] = persons;
  const twice = persons.filter((person, index) => persons.slice(0, index).some((other) => isSame(person, other)));
  const elsewhere = first
    ? persons.flatMap((person) => home.flatMap((field) => (differs(person, first, field) ? [{ person, field }] : [])))
    : [];
  return [
    ...(!first && !isUnclear && opening ? [{ ...at(opening), field: "relation", code: "firstMissing" } as const] : []),
    ...more.map((person) => ({ ...at(person), field: "relation", code: "firstTwice" }) as const),
    ...twice.map((person) => ({ ...at(person), code: "sameTwice" }) as const),
    ...elsewhere.map(({ person, field }) => ({ ...at(person), field, code: "otherAddress" }) as const),
    ...(opening && persons.length > mostPersons
      ? [{ ...at(opening), field: "family", code: "tooManyPersons" } as const]
      : []),
  ];
}

const namesRelation = (problems: readonly Problem[]): boolean =>
  problems.some(({ field, code }) => field === "relation" || code === "columns");

const differs = (person: Person, first: Person, field: string): boolean =>
  person.answers[field] !== undefined && first.answers[field] !== undefined && !isAlike(person, first, field);

const isAlike = (one: Person, other: Person, field: string): boolean =>
  folded(one.answers[field]) === folded(other.answers[field]);

const folded = (value: unknown): string => String(value).toLowerCase().replace(/\s+/g, " ");

/** The same name and day of birth in one family: a row that was copied. */
function isSame(one: Person, other: Person): boolean {
  const isThere = one.answers["dateOfBirth"] !== undefined && one.name !== "";
  return isThere && one.name === other.name && one.answers["dateOfBirth"] === other.answers["dateOfBirth"];
}

function problemsOf(persons: readonly Person[], checking: Checking): { problems: Problem[]; applicants: Applicant[] } {
  const { columns, setting, isElsewhere, mostPersons } = checking;
  const known = new Set(columns.map(({ name }) => name));
  const problems = [...persons.flatMap((person) => person.problems), ...between(persons, mostPersons)];
  // Nobody is judged further: a file without numbers of families may be one family of thousands.
  if (persons.length > mostPersons) return { problems, applicants: [] };
  const first = persons.find(({ relation }) => relation === undefined);
  // What a broken row says is no base for judging it further, nor those who have their address from it.
  const isWrong = ({ row }: Person) => problems.some((problem) => problem.row === row);
  if (!first || isWrong(first)) return { problems, applicants: [] };
  const others = persons.filter((person) => person !== first);
  const ordered = [first, ...others.toSorted((one, other) => (saidOf(one) < saidOf(other) ? -1 : 1))];
  const applicants = ordered.flatMap((person): Applicant[] => {
    if (isWrong(person)) return [];
    const stored = storedAnswers(person, persons, setting.today);
    const checked = checkAnswers(stored, setting);
    const { row, name, relation } = person;
    if (checked.ok) {
      if (!isElsewhere(stored)) return [{ row, name, relation, stored: checked.stored }];
      problems.push({ ...at(person), field: "postalCode", code: "elsewhere" });
      return [];
    }
    const own = checked.problems.filter(
      ({ field }) => person === first || !isInherited(person, first, field, problems),
    );
    problems.push(
      ...own.map(({ field, code }) => ({
        ...at(person),
        field,
        code: known.has(field) ? code : ("notInFile" as const),
      })),
    );
    return [];
  });
  return { problems, applicants };
}

/** What the first person lacks is told once, and not again of everybody who has it from them. */
function isInherited(person: Person, first: Person, field: string, problems: readonly Problem[]): boolean {
  if (person.answers[field] !== undefined) return false;
  return problems.some((problem) => problem.row === first.row && problem.field === field);
}

/** Relation and answers of a person in an order of their own. */
function saidOf({ relation, answers }: Person): string {
  const sorted = Object.entries(answers).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([relation ?? null, sorted]);
}

const numberOf = ({ cells }: Row): string => (cells["family"] ?? "").trim();

function judged(id: string, rows: readonly Row[], checking: Checking): Family {
  const persons = rows.map((row): Person => {
    const person = readPerson(row, checking.columns);
    if (id !== "") return person;
    return { ...person, problems: [{ ...at(person), field: "family", code: "familyMissing" }, ...person.problems] };
  });
  const { problems, applicants } = problemsOf(persons, checking);
  return {
    id,
    rows: persons.map(({ row, name }) => ({ row, name })),
    problems: problems.toSorted((one, other) => one.row - other.row),
    applicants: problems.length > 0 ? [] : applicants,
    said: JSON.stringify(persons.map(saidOf).toSorted()),
  };
}

/** Reads the rows of a file as families and judges each on its own, one after the other: a large file takes its time. */
export function* checkFamilies(rows: readonly Row[], checking: Checking): Generator<Family> {
  // Whoever has no number stands alone.
  const families = Map.groupBy(rows, (row) => (numberOf(row) === "" ? `row ${row.row}` : `family ${numberOf(row)}`));
  for (const members of families.values()) {
    const [first] = members;
    if (first) yield judged(numberOf(first), members, checking);
  }
}
