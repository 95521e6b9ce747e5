import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holderCheckOf, matchesHolder, normalisedHolder } from "#app/store/holderCheck.server.ts";

const key = () => ({ index: { kid: "i1", bytes: randomBytes(32) } });
const keys = key();
const anika = { familyName: "Müster-Kår", givenNames: "Anika Łucja", dateOfBirth: "1990-05-17" };

describe("a name compares", () => {
  test.each([
    ["in any case and without marks", "MUSTER-KAR", "anika lucja"],
    ["without hyphens, blanks and other signs", " Muster Kar ", "Anika-Łucja."],
    ["in decomposed letters", "Mu\u0308ster-Ka\u030ar", "Anika Łucja"],
  ])("%s", (_how, familyName, givenNames) => {
    expect(normalisedHolder({ ...anika, familyName, givenNames })).toBe("musterkar|anikalucja|1990-05-17");
  });

  test.each([
    ["Weiß", "weiss"],
    ["WEIẞ", "weiss"],
    ["Çelikoğlu", "celikoglu"],
    ["İpek Işık", "ipekisik"],
    ["Ørsted Æbelø", "orstedaebelo"],
    ["ʿAlī al-Ḥasanʾ", "alialhasan"],
    ["Nguyễn Thị Đào", "nguyenthidao"],
    ["O’Neill", "oneill"],
    ["Þórðarson", "thordarson"],
  ])("%s as %s", (name, letters) => {
    expect(normalisedHolder({ familyName: name, givenNames: "" })).toBe(`${letters}||`);
  });

  test("alone wherever it was typed, for people who have one name", () => {
    expect(normalisedHolder({ familyName: "Suharto" })).toBe(normalisedHolder({ givenNames: "SUHARTO" }));
  });

  test("with the birth date as it was typed, whole, in part or unknown", () => {
    const born = ["1990-05-17", "1990-05", "1990", undefined].map((dateOfBirth) =>
      normalisedHolder({ familyName: "A", dateOfBirth }),
    );
    expect(born).toEqual(["a||1990-05-17", "a||1990-05", "a||1990", "a||"]);
  });

  test("only with letters in it", () => {
    for (const name of [undefined, "", " ", "- 7 '", 12])
      expect(normalisedHolder({ familyName: name })).toBeUndefined();
  });

  test("the same again after it was folded", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const once = normalisedHolder({ familyName: name })?.split("|")[0];
        expect(normalisedHolder({ familyName: once })?.split("|")[0]).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a stored check", () => {
  const check = holderCheckOf(keys, anika);

  test("matches the person, however the name is written", () => {
    expect(matchesHolder(keys, check, anika)).toBe(true);
    expect(matchesHolder(keys, check, { ...anika, familyName: "MUESTER KAR".replace("UE", "U") })).toBe(true);
  });

  test.each([
    ["another family name", { familyName: "Musterkarl" }],
    ["another order of given names", { givenNames: "Łucja Anika" }],
    ["a given name missing", { givenNames: "Anika" }],
    ["names in the wrong fields", { familyName: anika.givenNames, givenNames: anika.familyName }],
    ["another day", { dateOfBirth: "1990-05-18" }],
    ["a part of the date", { dateOfBirth: "1990-05" }],
    ["no date", { dateOfBirth: undefined }],
    ["no name at all", { familyName: "", givenNames: "" }],
  ])("does not match %s", (_what, change) => {
    expect(matchesHolder(keys, check, { ...anika, ...change })).toBe(false);
  });

  test("is another one each time, says nothing and needs the key of the service", () => {
    const again = holderCheckOf(keys, anika);
    expect(Buffer.from(again!)).not.toEqual(Buffer.from(check!));
    expect(matchesHolder(keys, again, anika)).toBe(true);
    expect(matchesHolder(key(), check, anika)).toBe(false);
    expect(check).toHaveLength(49);
  });

  test("that is missing, damaged or of a later version matches nobody", () => {
    const later = Buffer.from(check!).fill(2, 0, 1);
    const broken = Buffer.from(check!);
    broken[48] = broken[48]! ^ 1;
    for (const other of [undefined, new Uint8Array(0), new Uint8Array(49), check!.subarray(1), later, broken])
      expect(matchesHolder(keys, other, anika)).toBe(false);
    expect(matchesHolder(keys, undefined, {})).toBe(false);
  });

  test("is made only for somebody with a name", () => {
    expect(holderCheckOf(keys, { dateOfBirth: "1990" })).toBeUndefined();
  });
});
