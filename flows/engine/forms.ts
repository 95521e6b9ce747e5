import type { Field, Fields } from "#flows/engine/fields.ts";

/** The posted controls of a page, or what to show in them: control name to its values. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

const first = (form: FormValues, name: string): string => (form[name]?.[0] ?? "").trim();

/** Arabic-Indic and Persian digits as ASCII digits: phones set to these languages type them. */
export function asciiDigits(text: string): string {
  return text
    .replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (d) => String(d.charCodeAt(0) - 0x6f0));
}

function twoDigits(part: string | undefined): string | undefined {
  return part && /^\d{1,2}$/.test(part) ? part.padStart(2, "0") : part;
}

/** Longer than any part of a date: of more nothing is read. */
const MOST_SIGNS = 12;

function readDate(form: FormValues, name: string): string | undefined {
  const [day, month, year] = (["day", "month", "year"] as const).map((part) =>
    asciiDigits(first(form, `${name}.${part}`).slice(0, MOST_SIGNS)),
  );
  if (!day && !month && !year) return undefined;
  return [year, twoDigits(month), twoDigits(day)]
    .map((part) => part ?? "")
    .join("-")
    .replace(/-+$/, "");
}

/** Cents of an amount as people type it: the last comma or point with one or two digits behind it is decimal. */
export function parseCents(typed: string): number {
  const clean = asciiDigits(typed).replace(/[\s\u00a0€']/g, "");
  if (!/^\d[\d.,]*$/.test(clean)) return Number.NaN;
  const parts = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(clean);
  const whole = (parts?.[1] ?? "").replace(/[.,]/g, "");
  return Number(whole) * 100 + Number((parts?.[2] ?? "").padEnd(2, "0") || "0");
}

/** What the person typed into the controls of one field, before it is checked; `undefined` when nothing was. */
export function readField(field: Field, name: string, form: FormValues): unknown {
  switch (field.kind) {
    case "date":
    case "partialDate":
      return readDate(form, name);
    case "countries":
      return nonEmpty(Array.from({ length: field.max }, (_, index) => first(form, `${name}.${index}`)).filter(Boolean));
    case "choices":
      return nonEmpty([...(form[name] ?? [])].filter(Boolean));
    case "yesNo":
      return new Map([
        ["yes", true],
        ["no", false],
      ]).get(first(form, name));
    case "confirm":
      return first(form, name) ? true : undefined;
    case "number":
      return asciiDigits(first(form, name)) || undefined;
    case "money":
      return first(form, name) ? parseCents(first(form, name)) : undefined;
    case "text":
      return field.ltr ? asciiDigits(first(form, name)) || undefined : first(form, name) || undefined;
    default:
      return first(form, name) || undefined;
  }
}

/** What was typed into the controls of some fields, unchecked: field name to raw value. */
export function readFields(fields: Fields, form: FormValues): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, readField(field, name, form)]));
}

function nonEmpty(list: string[]): string[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** Cents as they are typed again: `58000` or `58000,50`. */
function typedEuros(cents: number): string {
  return cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2).replace(".", ",");
}

/** The controls that would have been filled to give this value: shows stored answers, and lets a program fill a form. */
export function writeField(field: Field, name: string, value: unknown): FormValues {
  if (value === undefined || value === null) return {};
  switch (field.kind) {
    case "date":
    case "partialDate": {
      const [year = "", month = "", day = ""] = String(value).split("-");
      return { [`${name}.day`]: [day], [`${name}.month`]: [month], [`${name}.year`]: [year] };
    }
    case "countries":
      return Object.fromEntries(asList(value).map((item, index) => [`${name}.${index}`, [item]]));
    case "choices":
      return { [name]: asList(value) };
    case "yesNo":
      return { [name]: [value === true ? "yes" : "no"] };
    case "confirm":
      return value === true ? { [name]: ["yes"] } : {};
    case "money":
      return { [name]: [typeof value === "number" ? typedEuros(value) : String(value)] };
    default:
      return { [name]: [String(value)] };
  }
}

function asList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

/** The controls of all fields of a page. */
export function writeFields(fields: Fields, values: Readonly<Record<string, unknown>>): FormValues {
  return Object.assign(
    {},
    ...Object.entries(fields).map(([name, field]) => writeField(field, name, values[name])),
  ) as FormValues;
}

/** The name of the first control of a field: error links lead there. */
export function firstControl(name: string, field: Pick<Field, "kind">): string {
  if (field.kind === "date" || field.kind === "partialDate") return `${name}.day`;
  if (field.kind === "countries") return `${name}.0`;
  return name;
}
