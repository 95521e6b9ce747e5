import { page } from "#flows/engine/facts.ts";
import { optional, text, unsent, type ErrorCode } from "#flows/engine/fields.ts";
import { parseMrz, type MrzField } from "#flows/mrz/parse.ts";

/** Fields of the zone with a check digit of their own and an error that says which it is. */
const ownError: Readonly<Partial<Record<MrzField, ErrorCode>>> = {
  number: "mrzNumber",
  dateOfBirth: "mrzBirth",
  validUntil: "mrzExpiry",
};
const errors = { length: "mrzLength", form: "mrzForm", check: "mrzCheck" } as const satisfies Record<string, ErrorCode>;

/**
 * The machine-readable lines of the passport, voluntary: they fill in later pages and are never sent. Lines that are wrong
 * are refused; an empty field is fine.
 */
export const mrzPage = page(
  "person",
  { mrz: unsent(optional(text({ max: 400, rows: 3, ltr: true }))) },
  ({ mrz }, { today }) => {
    const read = mrz === undefined ? undefined : parseMrz(mrz, today);
    if (read === undefined || read.ok) return {};
    const [first] = read.problems;
    return first ? { mrz: ownError[first.field] ?? errors[first.kind] } : {};
  },
);
