import { describe, expect, test } from "vitest";
import { latinNames, ukrainianInLatin } from "#flows/provenance/kmu55.ts";
import { originsOf, proposalsOf } from "#flows/provenance/proposals.ts";

const today = "2026-11-21";

describe("Ukrainian names in Latin letters", () => {
  // Sample words of resolution 55/2010.
  test.each([
    ["Алушта", "Alushta"],
    ["Борщагівка", "Borshchahivka"],
    ["Ґалаґан", "Galagan"],
    ["Єнакієве", "Yenakiieve"],
    ["Їжакевич", "Yizhakevych"],
    ["Йосипівка", "Yosypivka"],
    ["Юрій", "Yurii"],
    ["Яготин", "Yahotyn"],
    ["Згурський", "Zghurskyi"],
    ["Розгон", "Rozghon"],
    ["Знам'янка", "Znamianka"],
    ["Короп’є", "Koropie"],
    ["Закарпаття", "Zakarpattia"],
    ["Феодосія", "Feodosiia"],
    ["Кадиївка", "Kadyivka"],
    ["Стрий", "Stryi"],
    ["Щербухи", "Shcherbukhy"],
    ["Харків", "Kharkiv"],
    ["Троць", "Trots"],
  ])("%s is %s", (name, latin) => {
    expect(ukrainianInLatin(name)).toBe(latin);
  });

  test("capitals, hyphens, several names and decomposed letters keep their form", () => {
    expect(ukrainianInLatin("ЩЕРБАК-ЯРОШЕНКО")).toBe("SHCHERBAK-YAROSHENKO");
    expect(ukrainianInLatin("Анна Марія")).toBe("Anna Mariia");
    expect(ukrainianInLatin("Юрій".normalize("NFD"))).toBe("Yurii");
  });

  test.each(["Алексей Ёлкин", "Рыжов", "Olena", "Олена 2"])("nothing is said of %s", (name) => {
    expect(ukrainianInLatin(name)).toBeUndefined();
  });
});

test("a spelling is proposed only to people without any paper in Latin letters, and known as one", () => {
  const typed = { latinDocument: false, familyNameOriginal: "Тестенко", givenNamesOriginal: "Олена" };
  expect(latinNames(typed)).toEqual({ familyName: "Testenko", givenNames: "Olena" });
  expect(latinNames({ ...typed, latinDocument: true })).toEqual({});
  expect(latinNames({ ...typed, givenNamesOriginal: undefined })).toEqual({ familyName: "Testenko" });
  expect(proposalsOf({ ...typed, carried: { familyName: "Beispiel" } }, today)["familyName"]).toEqual({
    value: "Testenko",
    origin: "transliterated",
  });
  const originOf = originsOf({ ...typed, familyName: "Testenko", givenNames: "Elena" }, {}, today);
  expect(["familyName", "givenNames"].map(originOf)).toEqual(["transliterated", "typed"]);
});
