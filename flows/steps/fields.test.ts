import { expect, test } from "vitest";
import type { TextField } from "#flows/engine/fields.ts";
import { documentNumberField, emailField, phoneField } from "#flows/steps/fields.ts";

const read = (field: TextField, typed: string) => {
  const parsed = field.schema.safeParse(typed);
  return parsed.success ? parsed.data : parsed.error.issues[0]?.message;
};

test("telephone numbers keep the signs that people write", () => {
  expect(["+49 30 231250", "(030) 231-250", "030/231250"].map((typed) => read(phoneField(), typed))).toEqual([
    "+49 30 231250",
    "(030) 231-250",
    "030/231250",
  ]);
  expect(["ask me", "12", "030 231250 ext. 4"].map((typed) => read(phoneField(), typed))).toEqual([
    "phone",
    "phone",
    "phone",
  ]);
});

test("an e-mail address has one @ and a domain", () => {
  expect(read(emailField(), "p1@example.org")).toBe("p1@example.org");
  expect(["p1", "p1@example", "p1@@example.org", "p 1@example.org"].map((typed) => read(emailField(), typed))).toEqual([
    "email",
    "email",
    "email",
    "email",
  ]);
});

test("document numbers are stored in upper case without blanks and hyphens", () => {
  expect(read(documentNumberField(), "x 0000-001")).toBe("X0000001");
  expect(read(documentNumberField(), "Ä1")).toBe("pattern");
});
