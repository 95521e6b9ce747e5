import { describe, expect, test } from "vitest";
import { latinProblem, plainLatin } from "#flows/engine/latin.ts";

describe("names of people (DIN 91379 datatype A)", () => {
  test.each([
    "Müller-Lüdenscheidt",
    "O’Neil d'Arc",
    "Nguyễn Thị Phượng",
    "ʿAbd ar-Raḥmān",
    "Łukasz Dvořák",
    "Şükrü Ağaoğlu İnönü",
    "K͟hān",
    "Ạ̈",
    "C̨̆",
    "MUSTERKAR",
    "",
  ])("%s", (name) => {
    expect(latinProblem(name, "person")).toBeUndefined();
  });

  test.each([
    ["Олена", "latinCyrillic"],
    ["Oлena", "latinCyrillic"],
    ["محمد", "latinArabic"],
    ["張偉", "latinCjk"],
    ["やまだ", "latinCjk"],
    ["김민수", "latinCjk"],
    ["Ελένη", "latin"],
    ["አበበ", "latin"],
    ["Anna 2", "latin"],
    ["Anna (Maria)", "latin"],
    ["Anna/Maria", "latin"],
    ["Anna 🙂", "latin"],
    ["q\u0308", "latin"],
    ["\u0308", "latin"],
  ])("not %s: %s", (name, problem) => {
    expect(latinProblem(name, "person")).toBe(problem);
  });

  test("a letter with a mark counts as listed, composed only", () => {
    expect(latinProblem("A\u0308", "person")).toBe("latin");
    expect(latinProblem("A\u0308".normalize("NFC"), "person")).toBeUndefined();
    expect(latinProblem("A\u030b", "person")).toBeUndefined();
    expect(latinProblem("A\u030b\u030b", "person")).toBe("latin");
  });
});

describe("other names (datatype B)", () => {
  test.each([
    "Straße des 17. Juni 12 a",
    "c/o Beispiel (2. OG)",
    "Müller & Söhne GmbH",
    "§ 18g AufenthG",
    "C++ 50 % €",
  ])("%s", (text) => {
    expect(latinProblem(text, "name")).toBeUndefined();
  });

  test.each([
    ["вул. Хрещатик 1", "latinCyrillic"],
    ["Alpha Ω", "latin"],
    ["a\tb", "latin"],
    ["a\nb", "latin"],
  ])("not %j: %s", (text, problem) => {
    expect(latinProblem(text, "name")).toBe(problem);
  });
});

test("signs that telephones put in the place of others come back to those of the standard", () => {
  expect(plainLatin("Anna\u00a0Maria\u2009Müller\u2011Lüden\u2013Scheidt O\u2018Neil O\u02bcNeil")).toBe(
    "Anna Maria Müller-Lüden-Scheidt O\u2019Neil O\u2019Neil",
  );
});

test("a long text is judged at once", () => {
  expect(latinProblem(`${"Nguyễn K͟hān Ạ̈ ".repeat(20_000)}!`, "person")).toBe("latin");
});
