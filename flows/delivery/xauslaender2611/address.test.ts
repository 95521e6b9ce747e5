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
    ["12 a-c", { hausnummer: "12", hausnummerBuchstabeZusatzziffer: "a", teilnummerDerHausnummer: "-c" }],
    ["4/ 12b", { hausnummer: "4", teilnummerDerHausnummer: "/ 12b" }],
    ["12 Hinterhaus", { hausnummer: "12", teilnummerDerHausnummer: "Hinterhaus" }],
    ["12 links", { hausnummer: "12", teilnummerDerHausnummer: "links" }],
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

  test.each([
    ["Straße des 17. Juni", "Straße des 17. Juni", {}],
    ["Straße des 17. Juni 135", "Straße des 17. Juni", { hausnummer: "135" }],
    ["1. Mai-Straße 4", "1. Mai-Straße", { hausnummer: "4" }],
    ["Musterstr. 12 - 14", "Musterstr.", { hausnummer: "12", teilnummerDerHausnummer: "- 14" }],
    ["Str. 4/ 12b", "Str.", { hausnummer: "4", teilnummerDerHausnummer: "/ 12b" }],
    ["Musterstr.12", "Musterstr.", { hausnummer: "12" }],
    ["Am Markt 5, Hinterhaus 2", "Am Markt", { hausnummer: "5", teilnummerDerHausnummer: ", Hinterhaus 2" }],
    ["Weg 3 Hinterhaus", "Weg", { hausnummer: "3", teilnummerDerHausnummer: "Hinterhaus" }],
    ["Q 7, 24", "Q 7", { hausnummer: "24" }],
    ["An der B1", "An der B1", {}],
  ])("is parted where its number begins: %s", (street, strasse, parts) => {
    expect(at({ street })).toEqual({ ...place, strasse, ...parts });
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
