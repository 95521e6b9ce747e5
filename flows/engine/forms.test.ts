import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isIsoDate } from "#flows/engine/dates.ts";
import {
  choice,
  choices,
  confirm,
  countries,
  country,
  date,
  money,
  number,
  partialDate,
  text,
  yesNo,
  type Field,
} from "#flows/engine/fields.ts";
import { asciiDigits, firstControl, parseCents, readField, writeField, writeFields } from "#flows/engine/forms.ts";

const isoDate = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2200-12-31"), noInvalidDate: true })
  .map((value) => value.toISOString().slice(0, 10));
const partial = fc.tuple(isoDate, fc.constantFrom(4, 7, 10)).map(([value, length]) => value.slice(0, length));
const state = fc.constantFrom("UKR", "POL", "VNM", "XXA", "DEU");
const letters = fc.constantFrom("a", "Ä", "ị", "M̂", "'", "-", " ", "1", "Ж", "م");
const typed = fc
  .array(letters, { minLength: 1, maxLength: 30 })
  .map((parts) => parts.join("").normalize("NFC").trim())
  .filter((value) => value !== "");

const kinds: readonly (readonly [string, Field, fc.Arbitrary<unknown>])[] = [
  ["text", text(), typed],
  ["text that runs left to right", text({ ltr: true }), typed],
  ["choice", choice(["a", "b"]), fc.constantFrom("a", "b")],
  ["choices", choices(["a", "b", "c"]), fc.subarray(["a", "b", "c"], { minLength: 1 })],
  ["yesNo", yesNo(), fc.boolean()],
  ["confirm", confirm(), fc.constant(true)],
  ["date", date(), isoDate],
  ["partialDate", partialDate(), partial],
  ["country", country(), state],
  ["countries", countries(3), fc.array(state, { minLength: 1, maxLength: 3 })],
  ["number", number(-50, 5000), fc.integer({ min: -50, max: 5000 })],
  ["money", money(0, 100_000_000), fc.integer({ min: 0, max: 100_000_000 })],
];

describe("a stored value put into a form and sent unchanged", () => {
  test.each(kinds)("%s: is the same value again", (_, field, values) => {
    fc.assert(
      fc.property(values, (value) => {
        const posted = readField(field, "q", writeField(field, "q", value));
        expect(field.schema.parse(posted)).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test.each(kinds)(
    "%s: uses control names that begin with the field's, the first as error links expect",
    (_, field, values) => {
      fc.assert(
        fc.property(values, (value) => {
          const names = Object.keys(writeField(field, "q", value));
          expect(names).toContain(firstControl("q", field));
          expect(names.every((name) => name === "q" || name.startsWith("q."))).toBe(true);
        }),
        { numRuns: 30 },
      );
    },
  );
});

describe("a form as it is posted", () => {
  test.each(kinds)("%s: untouched controls are no answer", (_, field) => {
    const controls = { q: [""], "q.day": [""], "q.month": [""], "q.year": [""], "q.0": [""], "q.1": [" "] };
    expect(readField(field, "q", controls)).toBeUndefined();
    expect(readField(field, "q", {})).toBeUndefined();
    expect(writeField(field, "q", undefined)).toEqual({});
  });

  test.each(kinds)("%s: anything may be posted, it is read as data and never throws", (_, field) => {
    const names = fc.constantFrom("q", "q.day", "q.month", "q.year", "q.0", "q.2", "q.9");
    const value = fc.oneof(fc.string(), fc.constantFrom("constructor", "__proto__", "toString"));
    fc.assert(
      fc.property(fc.dictionary(names, fc.array(value, { maxLength: 3 })), (form) => {
        const read = readField(field, "q", form);
        expect(["undefined", "string", "number", "boolean", "object"]).toContain(typeof read);
        field.schema.safeParse(read);
      }),
    );
  });

  test("days and months with one digit and digits of other scripts make a date", () => {
    const form = { "d.day": ["٧"], "d.month": ["۵"], "d.year": ["١٩٩٠"] };
    expect(readField(date(), "d", form)).toBe("1990-05-07");
  });

  test("a date with a gap stays as typed and is refused", () => {
    const posted = readField(partialDate(), "d", { "d.day": ["7"], "d.year": ["1990"] });
    expect(posted).toBe("1990--07");
    expect(partialDate().schema.safeParse(posted).success).toBe(false);
    expect(isIsoDate(String(readField(date(), "d", { "d.day": ["31"], "d.month": ["2"], "d.year": ["2026"] })))).toBe(
      false,
    );
  });

  test("a part of a date without end is read as far as any date goes", () => {
    const posted = readField(date(), "d", { "d.day": ["7"], "d.month": ["5"], "d.year": [`${"-".repeat(500_000)}1`] });
    expect(String(posted).length).toBeLessThan(40);
    expect(date().schema.safeParse(posted).success).toBe(false);
  });

  test("empty boxes between nationalities are skipped", () => {
    expect(readField(countries(4), "n", { "n.0": [""], "n.1": ["UKR"], "n.3": ["POL"] })).toEqual(["UKR", "POL"]);
  });
});

describe("amounts of money", () => {
  test.each([
    ["58000", 5_800_000],
    ["58.000", 5_800_000],
    ["58 000,50", 5_800_050],
    ["58.000,5", 5_800_050],
    ["58,000.50", 5_800_050],
    ["1.234.567,89 €", 123_456_789],
    ["0,05", 5],
    ["٥٨٠٠٠", 5_800_000],
    ["58'000", 5_800_000],
  ])("%s is %i cents", (amount, cents) => {
    expect(parseCents(amount)).toBe(cents);
  });

  test.each(["", "viel", "-5", "5 EUR", "1e9", "€"])("%j is none", (amount) => {
    expect(parseCents(amount)).toBeNaN();
  });

  test("written the German way, every amount is read as itself", () => {
    const german = new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" });
    fc.assert(
      fc.property(fc.nat(1_000_000_000), (cents) => {
        expect(parseCents(german.format(cents / 100))).toBe(cents);
      }),
    );
  });
});

test("only digits change when digits of other scripts are read", () => {
  expect(asciiDigits("Nr. ٠١٩ ۰۱۹ 019 م")).toBe("Nr. 019 019 019 م");
});

test("all fields of a page are written at once", () => {
  expect(writeFields({ a: text(), b: yesNo(), c: date() }, { a: "x", b: false })).toEqual({ a: ["x"], b: ["no"] });
});
