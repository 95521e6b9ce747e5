import { nationalityIds, stateIds } from "#flows/delivery/codes.ts";
import type { CountryField, ErrorCode, Field } from "#flows/engine/fields.ts";
import { asciiDigits } from "#flows/engine/forms.ts";
import type { ImportCode } from "#flows/import/problems.ts";

/** What a cell says: nothing, a value that the field takes, or why it takes none. */
export type Cell =
  | { kind: "empty" }
  | { kind: "value"; value: unknown }
  | { kind: "wrong"; code: ImportCode | ErrorCode; options?: readonly string[] };

const wrong = (code: ImportCode | ErrorCode, options?: readonly string[]): Cell => ({
  kind: "wrong",
  code,
  ...(options && { options }),
});

const value = (found: unknown): Cell => ({ kind: "value", value: found });

const yes = new Set(["yes", "ja", "j", "так", "да", "true", "1", "x"]);
const no = new Set(["no", "nein", "n", "ні", "нет", "false", "0"]);

/** Yes or no in the words of the people who fill in such files; `undefined` for anything else. */
export function readYesNo(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : undefined;
}

/** A date `YYYY-MM-DD` or `17.05.1990`, with day, or day and month, left out where they are unknown. */
function readDate(text: string): string {
  const german = /^(?:(?:(\d{1,2})\.\s?)?(\d{1,2})\.\s?)?(\d{4})$/.exec(text);
  if (!german) return text;
  const [, day, month, year = ""] = german;
  return [year, month?.padStart(2, "0"), day?.padStart(2, "0")].filter((part) => part !== undefined).join("-");
}

const stateLists: Readonly<Record<CountryField["list"], ReadonlySet<string>>> = {
  states: new Set(stateIds({ historic: false })),
  birthStates: new Set(stateIds({ historic: true })),
  nationalities: new Set(nationalityIds()),
};

const listed = (text: string): string[] => text.split(/[,\s]+/).filter(Boolean);

/** Options as a person writes them: their case does not matter. */
function chosen(options: readonly string[], text: string): string | undefined {
  return options.find((option) => option.toLowerCase() === text.toLowerCase());
}

/** The raw value of a field, as its page would store it before it is checked. */
function rawOf(field: Field, text: string): Cell {
  switch (field.kind) {
    case "yesNo":
    case "confirm": {
      const said = readYesNo(text);
      if (said === undefined) return wrong("yesNo");
      return field.kind === "confirm" && !said ? { kind: "empty" } : value(said);
    }
    case "date":
    case "partialDate":
      return value(readDate(asciiDigits(text)));
    case "choice": {
      const option = chosen(field.options, text);
      return option === undefined ? wrong("choice", field.options) : value(option);
    }
    case "choices": {
      const options = listed(text).map((one) => chosen(field.options, one));
      return options.includes(undefined) ? wrong("choice", field.options) : value(options);
    }
    case "country":
    case "countries": {
      const codes = listed(text).map((code) => code.toUpperCase());
      const [only, ...more] = codes;
      const isOne = field.kind === "countries" || more.length === 0;
      if (!isOne || codes.some((code) => !stateLists[field.list].has(code))) return wrong("country");
      return value(field.kind === "country" ? only : codes);
    }
    default:
      return value(field.kind === "text" && !field.ltr ? text : asciiDigits(text));
  }
}

/** Reads a cell as its field takes it: in the words of the template, and with the field's own rules. */
export function readCell(field: Field, text: string): Cell {
  const typed = text.trim();
  if (typed === "") return { kind: "empty" };
  const raw = rawOf(field, typed);
  if (raw.kind !== "value") return raw;
  const parsed = field.schema.safeParse(raw.value);
  if (parsed.success) return { kind: "value", value: parsed.data };
  // Rules of fields carry a code as their message.
  return wrong((parsed.error.issues[0]?.message ?? "pattern") as ErrorCode);
}
