import { expect, test } from "vitest";
import { coded, toValue, valueSchema } from "#flows/delivery/value.ts";
import type { Words } from "#flows/delivery/words.ts";
import { choice, country, countries, type Field } from "#flows/engine/fields.ts";
import { sexes } from "#flows/steps/answers.ts";
import { contact } from "#flows/steps/contact.ts";
import { passport } from "#flows/steps/papers.ts";

const word = (...parts: readonly string[]) => parts.join(".");
const words: Words = {
  section: word,
  group: word,
  field: word,
  option: (name, option) => `${name}.${option}`,
  evidence: word,
  declaration: word,
};

/** A value as the payload carries it, which its schema takes. */
function sent(name: string, field: Field, value: unknown): unknown {
  const made = toValue(name, field, value, words);
  expect(valueSchema(field).safeParse(made).error).toBeUndefined();
  return made;
}

test("a language carries the key of the Ausländerzentralregister", () => {
  const { preferredLanguage } = contact.fields;
  expect(sent("preferredLanguage", preferredLanguage, "ar")).toMatchObject({ code: "ara", azr: "004" });
  expect(sent("preferredLanguage", preferredLanguage, "otherLanguage")).toEqual({
    code: "otherLanguage",
    text: "preferredLanguage.otherLanguage",
  });
});

test("a kind of document has the official key, and the answer where one key covers several", () => {
  const { docType } = passport.fields;
  expect(sent("docType", docType, "idCard")).toMatchObject({ code: "07", text: "docType.idCard", answer: "idCard" });
  expect(sent("docType", docType, "passport")).toMatchObject({ code: "07", answer: "passport", listVersion: "5" });
  expect(sent("docType", docType, "none")).toEqual({ code: "none", text: "docType.none" });
});

test("sex is coded for everybody", () => {
  for (const name of ["sex", "relativeSex", "guestSex"]) {
    expect(sent(name, choice(sexes), "w")).toMatchObject({ code: "w", text: "weiblich" });
  }
  expect(sent("unisex", choice(["w"]), "w")).toEqual({ code: "w", text: "unisex.w" });
});

test("any state and any nationality has the key of its list", () => {
  expect(sent("anyCountry", country(), "UKR")).toMatchObject({ code: "166", text: "Ukraine" });
  expect(sent("anyNationality", country("nationalities"), "UKR")).toMatchObject({ code: "166", text: "ukrainisch" });
  expect(sent("nationalities", countries(2), ["UKR", "XXA"])).toMatchObject([{ code: "166" }, { code: "997" }]);
  expect(sent("anyCountry", country(), "ZZZ")).toEqual({ code: "ZZZ", text: "ZZZ" });
});

test("a code has nothing besides", () => {
  expect(coded.safeParse({ code: "a", text: "b", more: 1 }).success).toBe(false);
});
