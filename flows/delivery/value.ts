import { z } from "zod";
import type { CountryField, Field } from "#flows/engine/fields.ts";
import {
  documentCode,
  languageCode,
  maritalStatusCode,
  nationalityCode,
  sexCode,
  stateCode,
} from "#flows/delivery/codes.ts";
import type { Words } from "#flows/delivery/words.ts";

/** A value of a list: its code there, the German text, and which official list it is from. */
export const coded = z.strictObject({
  code: z.string(),
  text: z.string(),
  list: z.string().optional(),
  listVersion: z.string().optional(),
  /** Key of the Ausländerzentralregister, where it differs from that of the list. */
  azr: z.string().optional(),
  /** The answer of the form, where one key of the list covers several. */
  answer: z.string().optional(),
});
export type Coded = z.infer<typeof coded>;

const partialDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);

/** Fields whose options are codes of an official list rather than ours, by the end of their names. */
const official: readonly (readonly [RegExp, (option: string) => Coded | undefined])[] = [
  [/(^s|S)ex$/, sexCode],
  [/(^m|M)aritalStatus$/, maritalStatusCode],
  [/^preferredLanguage$/, languageCode],
];

/** The shape in which a field stands in the payload. */
export function valueSchema(field: Field): z.ZodType {
  switch (field.kind) {
    case "choice":
    case "country":
      return coded;
    case "choices":
    case "countries":
      return z.array(coded);
    case "yesNo":
    case "confirm":
      return z.boolean();
    case "date":
      return z.iso.date();
    case "partialDate":
      return partialDate;
    case "number":
      return z.int();
    case "money":
      return z.number().describe("Euro");
    default:
      return z.string();
  }
}

/** A state or nationality by its Destatis key; a code that the list lacks stays readable as typed. */
function stateValue(list: CountryField["list"], iso3: string): Coded {
  return (list === "nationalities" ? nationalityCode(iso3) : stateCode(iso3)) ?? { code: iso3, text: iso3 };
}

/** A kind of identity paper; the list has one key for several, so the answer stands beside it in its own words. */
function documentValue(answer: string, text: string): Coded {
  const found = documentCode(answer);
  return found ? { ...found, text, answer } : { code: answer, text };
}

function optionValue(name: string, option: string, words: Words): Coded {
  const text = words.option(name, option);
  if (/(^d|D)ocType$/.test(name)) return documentValue(option, text);
  const codeOf = official.find(([fields]) => fields.test(name))?.[1];
  return codeOf?.(option) ?? { code: option, text };
}

/** An answer as it stands in the payload. */
export function toValue(name: string, field: Field, value: unknown, words: Words): unknown {
  const option = (code: string): Coded => optionValue(name, code, words);
  switch (field.kind) {
    case "choice":
      return option(String(value));
    case "choices":
      return (value as string[]).map(option);
    case "country":
      return stateValue(field.list, String(value));
    case "countries":
      return (value as string[]).map((code) => stateValue("nationalities", code));
    case "money":
      return Number(value) / 100;
    default:
      return value;
  }
}
