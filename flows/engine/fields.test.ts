import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  choice,
  choices,
  confirm,
  countries,
  country,
  date,
  money,
  number,
  optional,
  partialDate,
  sensitive,
  text,
  yesNo,
  type Field,
} from "#flows/engine/fields.ts";

const problem = (field: Field, value: unknown) => field.schema.safeParse(value).error?.issues[0]?.message;
const parsed = (field: Field, value: unknown) => field.schema.parse(value);

const everyKind: Readonly<Record<string, Field>> = {
  text: text(),
  choice: choice(["a", "b"]),
  choices: choices(["a", "b"]),
  yesNo: yesNo(),
  date: date(),
  partialDate: partialDate(),
  country: country(),
  countries: countries(3),
  number: number(0, 10),
  money: money(0, 1000),
};

test.each(Object.entries(everyKind))("%s: what was not answered is required, not wrong", (_, field) => {
  expect(problem(field, undefined)).toBe("required");
});

test.each(Object.entries({ ...everyKind, confirm: confirm() }))(
  "%s: no nonsense gets through or throws",
  (_, field) => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const result = field.schema.safeParse(value);
        if (!result.success) return;
        expect(["string", "boolean", "number", "object"]).toContain(typeof result.data);
        expect(field.schema.parse(result.data)).toEqual(result.data);
      }),
    );
  },
);

describe("text", () => {
  test("is trimmed and composed, so that equal words are equal", () => {
    expect(parsed(text(), "  Nguye\u0302\u0303n ")).toBe("Nguyễn");
  });

  test("of spaces only was not answered", () => {
    expect(problem(text(), "   ")).toBe("required");
  });

  test("has a longest and a shortest length", () => {
    expect(problem(text({ max: 3 }), "abcd")).toBe("tooLong");
    expect(problem(text({ min: 3 }), "ab")).toBe("tooShort");
  });

  test("without end is told to be too long at once, and no pattern is tried on it", () => {
    let tried = false;
    const noting = { test: () => (tried = true) } as unknown as RegExp;
    const field = text({ max: 120, pattern: { test: noting, error: "email" } });
    expect(problem(field, `a@${".".repeat(500_000)}@`)).toBe("tooLong");
    expect(tried).toBe(false);
  });

  test.each([true, "person"] as const)(
    "in Latin letters (%s) takes names of the register and no other script",
    (latin) => {
      const field = text({ latin });
      expect(parsed(field, "M̂aria d’Ávila-Nguyễn, geb. ʿAlī")).toBe("M̂aria d’Ávila-Nguyễn, geb. ʿAlī");
      expect(parsed(field, "A\u0308nne\u00a0Marie")).toBe("Änne Marie");
      expect(["Київ", "محمد", "王", "Γιώργος", "Anna 😀"].map((name) => problem(field, name))).toEqual([
        "latinCyrillic",
        "latinArabic",
        "latinCjk",
        "latin",
        "latin",
      ]);
    },
  );

  test("names of people have no digits, those of places may", () => {
    expect(problem(text({ latin: "person" }), "Anna 2")).toBe("latin");
    expect(parsed(text({ latin: true }), "Haus 2")).toBe("Haus 2");
  });

  test("follows a pattern and is brought into its stored form first", () => {
    const field = text({
      pattern: { test: /^[A-Z]\d{3}$/, error: "pattern" },
      normalise: (value) => value.replace(/\s/g, "").toUpperCase(),
    });
    expect(parsed(field, "c 123")).toBe("C123");
    expect(problem(field, "c12")).toBe("pattern");
  });
});

describe("choices", () => {
  test("take known answers only, and at least one", () => {
    expect(problem(choice(["a", "b"]), "c")).toBe("required");
    expect(problem(choices(["a", "b"]), ["a", "c"])).toBe("choice");
    expect(problem(choices(["a", "b"]), [])).toBe("required");
  });

  test("a statement must be ticked", () => {
    expect(problem(confirm(), false)).toBe("mustConfirm");
    expect(problem(confirm(), undefined)).toBe("mustConfirm");
    expect(parsed(confirm(), true)).toBe(true);
  });
});

describe("dates and states", () => {
  test("a full date exists in the calendar, a partial one may lack day or month", () => {
    expect(problem(date(), "2026-02-30")).toBe("date");
    expect(problem(date(), "2026-02")).toBe("date");
    for (const value of ["1990", "1990-05", "1990-05-17"]) expect(parsed(partialDate(), value)).toBe(value);
    expect(problem(partialDate(), "1990-13")).toBe("date");
  });

  test("several nationalities have an upper limit", () => {
    expect(parsed(countries(2), ["UKR", "XXA"])).toEqual(["UKR", "XXA"]);
    expect(problem(countries(2), ["UKR", "POL", "DEU"])).toBe("tooMany");
    expect(problem(countries(2), [])).toBe("required");
  });
});

describe("numbers and money", () => {
  test("a number is whole and within its bounds", () => {
    const field = number(1, 12);
    expect(parsed(field, " 1 2 ")).toBe(12);
    for (const [value, error] of [
      ["0", "tooSmall"],
      ["13", "tooLarge"],
      ["1.5", "number"],
      ["zwei", "number"],
    ] as const) {
      expect(problem(field, value)).toBe(error);
    }
  });

  test("money is whole cents within its bounds", () => {
    const field = money(100, 1000);
    expect(parsed(field, 100)).toBe(100);
    for (const [value, error] of [
      [99, "tooSmall"],
      [1001, "tooLarge"],
      [100.5, "number"],
      [Number.NaN, "number"],
    ] as const) {
      expect(problem(field, value)).toBe(error);
    }
  });
});

test("optional and sensitive change nothing but what they say", () => {
  const field = text();
  expect(optional(field)).toEqual({ ...field, optional: true });
  expect(sensitive(field, "health")).toEqual({ ...field, sensitivity: "health" });
  expect(field).toMatchObject({ optional: false, sensitivity: "none" });
});
