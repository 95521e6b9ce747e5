import { z } from "zod";
import { isIsoDate, isPartialDate, type IsoDate, type PartialDate } from "#flows/engine/dates.ts";
import { latinProblem, plainLatin } from "#flows/engine/latin.ts";

/** Why an answer is refused. Pages turn the code into words (`errors:<code>`). */
export const errorCodes = [
  "required",
  "tooLong",
  "tooShort",
  "latin",
  "latinCyrillic",
  "latinArabic",
  "latinCjk",
  "date",
  "dateInFuture",
  "dateInPast",
  "dateOrder",
  "number",
  "tooSmall",
  "tooLarge",
  "email",
  "emailRepeat",
  "phone",
  "postalCode",
  "pattern",
  "choice",
  "mustConfirm",
  "tooMany",
  "passportNationality",
  "nameMissing",
  "dateOrTick",
  "agePossible",
  "representativeAge",
  "evidenceMissing",
  "itemsIncomplete",
  "mrzLength",
  "mrzForm",
  "mrzNumber",
  "mrzBirth",
  "mrzExpiry",
  "mrzCheck",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** Special categories of Art. 9, 10 GDPR that a field may hold; they are left out of logs, mails and previews. */
export type Sensitivity = "none" | "health" | "offence";

type Shape<Kind extends string, Value> = {
  kind: Kind;
  /** Parses the normalised raw value; issues carry an `ErrorCode` as message. */
  schema: z.ZodType<Value>;
  optional: boolean;
  sensitivity: Sensitivity;
  /** Needed in some cases and said so in its hint: such a field is not marked as voluntary. */
  isConditional?: boolean;
  /** Helps only with filling in, as the repeat of an e-mail address does: never sent, and in no summary. */
  isUnsent?: boolean;
};

export type TextField = Shape<"text", string> & {
  maxLength: number;
  rows: number;
  width: "full" | "10" | "20" | "4" | "2";
  ltr: boolean;
  inputMode: "text" | "numeric" | "email" | "tel";
  autoComplete: string;
};
export type ChoiceField<Option extends string = string> = Shape<"choice", Option> & { options: readonly Option[] };
export type ChoicesField<Option extends string = string> = Shape<"choices", Option[]> & { options: readonly Option[] };
export type YesNoField = Shape<"yesNo", boolean>;
export type ConfirmField = Shape<"confirm", boolean>;
export type DateField = Shape<"date", IsoDate> & { autoComplete: string };
export type PartialDateField = Shape<"partialDate", PartialDate> & { autoComplete: string };
export type CountryField = Shape<"country", string> & { list: "states" | "birthStates" | "nationalities" };
export type CountriesField = Shape<"countries", string[]> & { list: "nationalities"; max: number };
export type NumberField = Shape<"number", number> & { min: number; max: number; width: "2" | "4" | "10" };
/** Money; the value is whole cents. */
export type MoneyField = Shape<"money", number>;

export type Field =
  | TextField
  | ChoiceField
  | ChoicesField
  | YesNoField
  | ConfirmField
  | DateField
  | PartialDateField
  | CountryField
  | CountriesField
  | NumberField
  | MoneyField;
export type Fields = Readonly<Record<string, Field>>;
type Bare<F> = F extends Field ? Omit<F, "schema" | "sensitivity"> : never;
/** A field as a page draws it: plain data without its rules. */
export type FieldLook<Kind extends Field["kind"] = Field["kind"]> = Extract<Bare<Field>, { kind: Kind }>;

/** The part of a field that a page needs, fit to be sent to the browser. */
export function lookOf(field: Field): FieldLook {
  const { schema: _rules, sensitivity: _kind, ...look } = field;
  return look as FieldLook;
}

/** What a field stores once it is answered. */
export type ValueOf<F extends Field> = z.infer<F["schema"]>;

/** A typed text may have blanks, separators and marks of its own beside what is kept. */
const mostTyped = (max: number): number => 4 * max + 100;

const required = "required" satisfies ErrorCode;
const code = <C extends ErrorCode>(name: C): C => name;
const plain = { optional: false, sensitivity: "none" } as const;

type TextOptions = Partial<Pick<TextField, "rows" | "width" | "ltr" | "inputMode" | "autoComplete">> & {
  max?: number;
  min?: number;
  /**
   * Latin letters only, because card and register know no others (§ 78 AufenthG): names of people have those of DIN 91379
   * datatype A, everything else those of datatype B.
   */
  latin?: boolean | "person";
  pattern?: { test: RegExp; error: ErrorCode };
  /** Brings the typed text into the stored form, e.g. upper case without spaces. */
  normalise?: (text: string) => string;
};

/** Free text on one line, or on several with `rows`. Trimmed and NFC before it is checked. */
export function text(options: TextOptions = {}): TextField {
  const { max = 100, min = 1, latin = false, pattern, normalise = (value: string) => value } = options;
  const kind = latin === "person" ? "person" : "name";
  const composed = (value: string) => (latin === false ? value.normalize("NFC") : plainLatin(value));
  const schema = z
    .string({ error: required })
    // Of a text without end no pattern is tried: some take minutes.
    .max(mostTyped(max), code("tooLong"))
    .transform((value) => normalise(composed(value).trim()))
    .pipe(
      z
        .string()
        .min(1, required)
        .refine((value) => value.length === 0 || value.length >= min, code("tooShort"))
        .max(max, code("tooLong"))
        .refine((value) => latin === false || latinProblem(value, kind) === undefined, {
          error: ({ input }) => latinProblem(String(input), kind),
        })
        .refine((value) => !pattern || value === "" || pattern.test.test(value), pattern?.error ?? code("pattern")),
    );
  return {
    kind: "text",
    schema,
    ...plain,
    maxLength: max,
    rows: options.rows ?? 1,
    width: options.width ?? "full",
    ltr: options.ltr ?? false,
    inputMode: options.inputMode ?? "text",
    autoComplete: options.autoComplete ?? "off",
  };
}

/** One of a few known answers. */
export function choice<const Option extends string>(options: readonly Option[]): ChoiceField<Option> {
  return { kind: "choice", schema: z.enum(options, { error: required }), ...plain, options };
}

/** Any number of known answers, at least one unless optional. */
export function choices<const Option extends string>(options: readonly Option[]): ChoicesField<Option> {
  const schema = z.array(z.enum(options, { error: code("choice") }), { error: required }).min(1, required);
  return { kind: "choices", schema, ...plain, options };
}

/** Yes or no, never preselected. */
export function yesNo(): YesNoField {
  return { kind: "yesNo", schema: z.boolean({ error: required }), ...plain };
}

/** A statement to tick; a required one must be ticked. */
export function confirm(): ConfirmField {
  return { kind: "confirm", schema: z.literal(true, { error: code("mustConfirm") }), ...plain };
}

const dateText = z.string({ error: required }).min(1, required);

/** A full calendar date. */
export function date(autoComplete = "off"): DateField {
  return { kind: "date", schema: dateText.refine(isIsoDate, code("date")), ...plain, autoComplete };
}

/** A date of which day, or day and month, may be unknown. */
export function partialDate(autoComplete = "off"): PartialDateField {
  return { kind: "partialDate", schema: dateText.refine(isPartialDate, code("date")), ...plain, autoComplete };
}

const isoState = z.string({ error: required }).regex(/^[A-Z]{3}$/, required);

/** One state or nationality, as ISO 3166-1 alpha-3; `XXA` is stateless, `XXX` unclear (ICAO 9303 part 3). */
export function country(list: CountryField["list"] = "states"): CountryField {
  return { kind: "country", schema: isoState, ...plain, list };
}

/** Several nationalities; the first is that of the passport used. */
export function countries(max: number): CountriesField {
  const schema = z.array(isoState, { error: required }).min(1, required).max(max, code("tooMany"));
  return { kind: "countries", schema, ...plain, list: "nationalities", max };
}

/** A whole number within bounds. */
export function number(min: number, max: number, width: NumberField["width"] = "4"): NumberField {
  const schema = z
    .union([z.number(), z.string({ error: required }).min(1, required)], { error: required })
    .transform((value) => (typeof value === "number" ? value : Number(value.replace(/\s/g, ""))))
    .pipe(
      z
        .number({ error: code("number") })
        .int(code("number"))
        .min(min, code("tooSmall"))
        .max(max, code("tooLarge")),
    );
  return { kind: "number", schema, ...plain, min, max, width };
}

/** An amount of euros typed the German or the plain way (`58.000`, `58000,50`); stored as cents. */
export function money(minCents: number, maxCents: number): MoneyField {
  const schema = z
    .number({ error: (issue) => (issue.input === undefined ? required : code("number")) })
    .int(code("number"))
    .min(minCents, code("tooSmall"))
    .max(maxCents, code("tooLarge"));
  return { kind: "money", schema, ...plain };
}

/** The same field, but it may stay empty. */
export function optional<F extends Field>(field: F): F {
  return { ...field, optional: true };
}

/** The same field, which only some people need to fill: it may stay empty, but nobody calls it voluntary. */
export function conditional<F extends Field>(field: F): F {
  return { ...field, optional: true, isConditional: true };
}

/** The same field, which only helps with filling in: it is checked and left out of summaries and payload. */
export function unsent<F extends Field>(field: F): F {
  return { ...field, isUnsent: true };
}

/** The same field, marked as health data or data on offences. */
export function sensitive<F extends Field>(field: F, sensitivity: Exclude<Sensitivity, "none">): F {
  return { ...field, sensitivity };
}
