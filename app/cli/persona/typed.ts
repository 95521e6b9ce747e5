import { badFile } from "#app/cli/persona/fault.ts";
import { nationalityIds, stateIds } from "#flows/delivery/codes.ts";
import type { CountryField, Field } from "#flows/engine/fields.ts";
import { writeField, type FormValues } from "#flows/engine/forms.ts";

const stateLists: Readonly<Record<CountryField["list"], ReadonlySet<string>>> = {
  states: new Set(stateIds({ historic: false })),
  birthStates: new Set(stateIds({ historic: true })),
  nationalities: new Set(nationalityIds()),
};

/**
 * The controls of a field as a person fills them with a value of the file: dates as day, month and year, money as euros,
 * choices by their ids.
 * @param where how messages name the value, e.g. `answers.sex`
 * @throws PersonaFault 2 if nobody could choose or type the value
 */
export function typedControls(field: Field, name: string, value: unknown, where: string): FormValues {
  const wrong = (expected: string) => badFile(`${where}: ${JSON.stringify(value)} is not ${expected}`);
  const oneOf = (options: { has: (option: string) => boolean }, expected: string, given: unknown = value): string => {
    if (typeof given !== "string" || !options.has(given)) throw wrong(expected);
    return given;
  };
  switch (field.kind) {
    case "yesNo":
    case "confirm":
      if (typeof value !== "boolean") throw wrong("true or false");
      return writeField(field, name, value);
    case "choice":
      return writeField(field, name, oneOf(new Set(field.options), `one of ${field.options.join(", ")}`));
    case "choices": {
      const options = new Set<string>(field.options);
      const expected = `a list of ${field.options.join(", ")}`;
      return writeField(
        field,
        name,
        listOf(value, wrong(expected)).map((item) => oneOf(options, expected, item)),
      );
    }
    case "country":
      return writeField(field, name, oneOf(stateLists[field.list], "the code of a state"));
    case "countries": {
      const expected = "a list of state codes";
      const codes = listOf(value, wrong(expected)).map((item) => oneOf(stateLists[field.list], expected, item));
      if (codes.length > field.max) throw wrong(`at most ${field.max} states`);
      return writeField(field, name, codes);
    }
    case "date":
    case "partialDate":
      if (typeof value !== "string" || !/^\d{4}(-\d{2}){0,2}$/.test(value)) throw wrong("a date YYYY-MM-DD");
      return writeField(field, name, value);
    case "money":
      if (typeof value === "number")
        return writeField(field, name, Number.isInteger(value) ? String(value) : value.toFixed(2));
      if (typeof value !== "string") throw wrong("an amount of euros");
      return writeField(field, name, value);
    default:
      if (typeof value !== "string" && typeof value !== "number") throw wrong("a text or a number");
      return writeField(field, name, String(value));
  }
}

function listOf(value: unknown, fault: Error): readonly unknown[] {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) throw fault;
  return value;
}
