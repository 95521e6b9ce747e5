import fc from "fast-check";
import type { Step, Steps } from "#flows/engine/facts.ts";
import type { Field } from "#flows/engine/fields.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import { specimens } from "#flows/mrz/specimens.fixture.ts";
import { evidenceCodes } from "#flows/engine/evidence.ts";
import { fullSettings } from "#flows/services/registry.ts";

/** Texts of which every text field takes at least one. */
const texts = [
  "Beispiel mit mehr als zwanzig Zeichen",
  "Beispiel",
  "12 a",
  "X0000001",
  "14467",
  "12345678",
  "123456789012",
  "+49 30 231250",
  "p@example.org",
];

/** Dates that fit their fields most of the time, so that many walks come to their end. */
function datesFor(name: string): string[] {
  if (/birth/i.test(name)) return name === "dateOfBirth" ? ["1975-03-02", "1999-05", "2009"] : ["1970-01-01"];
  if (/Until$|End$/.test(name)) return ["2027-02-28", "2027-02-28", "2026-11-30"];
  if (["stayFrom", "absenceFrom", "entryDateFirst"].includes(name)) return ["2015-01-01"];
  return ["2023-10-01", "2024-05-04"];
}

function valueOf(name: string, field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case "choice":
      return fc.constantFrom<string>(...field.options);
    case "choices":
      return fc.subarray<string>([...field.options], { minLength: 1 });
    case "yesNo":
      return fc.boolean();
    case "confirm":
      return fc.constant(true);
    case "date":
      return fc.constantFrom(...datesFor(name).map((date) => `${date}-01-01`.slice(0, 10)));
    case "partialDate":
      return fc.constantFrom(...datesFor(name));
    case "country":
      return fc.constant("IND");
    case "countries":
      return fc.constantFrom(["IND"], ["IND"], ["TUR", "IND"]);
    case "number":
      return fc.integer({ min: field.min, max: field.max });
    case "money":
      return fc.constantFrom(...[0, 120_000, 5_800_000].filter((cents) => field.schema.safeParse(cents).success));
    default:
      if (name === "mrz") return fc.constantFrom(specimens.td3.join("\n"), specimens.td1.join(""));
      return name.startsWith("email")
        ? fc.constant("p@example.org")
        : fc.constantFrom(...texts.filter((text) => field.schema.safeParse(text).success));
  }
}

/** Boxes that contradict a date which is given as well stay empty. */
const contradicting = ["mrz", "dateOfBirthUnknown", "unlimited", "noFamilyName", "noGivenNames"];
/** Fields that a rule of their page may ask for. */
const always = ["dateOfBirth", "validUntil", "familyName", "givenNames", "birthName", "representativeDateOfBirth"];

function answersOf(name: string, step: Step): Record<string, fc.Arbitrary<unknown>> {
  if (step.kind === "group") {
    const item = fc.record({ id: fc.uuid(), ...answersOfAll(step.item.steps) });
    return { [name]: fc.array(item, { maxLength: 2 }) };
  }
  const fields = Object.entries(fieldsOf(step, { settings: fullSettings }));
  return Object.fromEntries(
    fields
      .filter(([field]) => !contradicting.includes(field))
      .map(([field, definition]) => {
        const value = valueOf(field, definition);
        const isGiven = !definition.optional || always.includes(field) || field.startsWith("email");
        return [field, isGiven ? value : fc.option(value, { nil: undefined, freq: 4 })];
      }),
  );
}

function answersOfAll(steps: Steps): Record<string, fc.Arbitrary<unknown>> {
  return Object.assign({}, ...Object.entries(steps).map(([name, step]) => answersOf(name, step)));
}

/** Everything comes later: which pages come does not depend on files. */
export const allLater = Object.fromEntries(evidenceCodes.map((code) => [code, { files: [], later: "" }]));

/** Drafts in which every question of some pages has an answer that fits it, the evidence comes later. */
export function draftsOf(steps: Steps): fc.Arbitrary<Record<string, unknown>> {
  return fc.record({ ...answersOfAll(steps), evidence: fc.constant(allLater) });
}
