import { describe, expect, test } from "vitest";
import { germanAddress } from "#flows/delivery/xauslaender2611/address.ts";
import { createNotes } from "#flows/delivery/xauslaender2611/notes.ts";

const at = (more: object) =>
  germanAddress(createNotes(), { street: "Musterallee", postalCode: "14467", city: "Potsdam", ...more });
const place = { postleitzahl: "14467", wohnort: "Potsdam" };

describe("an address as people type it", () => {
  test.each([
    ["12", { hausnummer: "12" }],
    ["12a", { hausnummer: "12", hausnummerBuchstabeZusatzziffer: "a" }],
    ["12 a", { hausnummer: "12", hausnummerBuchstabeZusatzziffer: "a" }],
    ["12-14", { hausnummer: "12", teilnummerDerHausnummer: "-14" }],
    ["7/2", { hausnummer: "7", teilnummerDerHausnummer: "/2" }],
    ["12345", { teilnummerDerHausnummer: "12345" }],
    ["12abcde", { teilnummerDerHausnummer: "12abcde" }],
    ["Hof", { teilnummerDerHausnummer: "Hof" }],
    ["", {}],
  ])("has the number %s in its fields", (number, parts) => {
    expect(at({ number })).toEqual({ ...place, strasse: "Musterallee", ...parts });
  });

  test("may have the number in the line of the street", () => {
    expect(at({ street: "Straße des 17. Juni 135 b" })).toEqual({
      ...place,
      strasse: "Straße des 17. Juni",
      hausnummer: "135",
      hausnummerBuchstabeZusatzziffer: "b",
    });
    expect(at({ street: "Am Markt" })).toEqual({ ...place, strasse: "Am Markt" });
  });

  test("keeps what has no field as it was typed", () => {
    expect(at({ number: "1", suffix: "Hinterhaus, 3. OG", coName: "Meyer", postalCode: "1010 Wien" })).toEqual({
      strasse: "Musterallee",
      hausnummer: "1",
      postleitzahl: "",
      wohnort: "Potsdam",
      wohnungsinhaber: "Meyer",
      zusatzangaben: "Hinterhaus, 3. OG, 1010 Wien",
    });
  });
});
