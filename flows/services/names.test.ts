import { describe, expect, test } from "vitest";
import type { Step } from "#flows/engine/facts.ts";
import type { Field } from "#flows/engine/fields.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import { fullSettings, services } from "#flows/services/registry.ts";
import { short } from "#flows/services/short.ts";

const entriesOf = (step: Step): [string, Field][] =>
  step.kind === "group"
    ? Object.values(step.item.steps).flatMap(entriesOf)
    : Object.entries(fieldsOf(step, { settings: fullSettings }));

/** Every field of every wizard, once. */
const fields = new Map(
  [short, ...Object.values(services).map(({ flow }) => flow)].flatMap(({ steps }) =>
    Object.values(steps).flatMap(entriesOf),
  ),
);
const namesOfPeople = [...fields].filter(
  ([name, { kind }]) => kind === "text" && /(familyName|givenNames|birthName|otherNames)$/i.test(name),
);

/** Why a field refuses a text; undefined if it takes it. */
const refusal = (field: Field, typed: string) => field.schema.safeParse(typed).error?.issues[0]?.message;

describe("names of people (DIN 91379 datatype A)", () => {
  test("there are some", () => {
    expect(namesOfPeople.length).toBeGreaterThan(8);
  });

  test.each(namesOfPeople)("%s", (_name, field) => {
    expect(refusal(field, "Nguyễn-Müller d’Ávila")).toBeUndefined();
    expect(["Anna 2", "Олена", "محمد", "張偉"].map((typed) => refusal(field, typed))).toEqual([
      "latin",
      "latinCyrillic",
      "latinArabic",
      "latinCjk",
    ]);
  });

  test.each(["familyNameOriginal", "givenNamesOriginal"])("%s may be in any script, and need not be there", (name) => {
    const field = fields.get(name)!;
    expect(field.optional).toBe(true);
    for (const typed of ["Олена", "محمد", "張偉", "अनिका"]) expect(refusal(field, typed)).toBeUndefined();
  });
});
