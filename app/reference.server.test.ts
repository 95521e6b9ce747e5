import { describe, expect, test } from "vitest";
import { authorityOfDistrict, competentFor, districts, fastTrackBody, findPlaces } from "#app/reference.server.ts";

describe("places", () => {
  test("a postal code lists its places with their district", () => {
    expect(findPlaces("14467")).toEqual([{ plz: "14467", place: "Potsdam", kreis: "12054", kreisName: "Potsdam" }]);
    expect(findPlaces("14943").map((row) => row.kreisName)).toContain("Landkreis Teltow-Fläming");
  });

  test("an unknown postal code has no places", () => {
    expect(findPlaces("00000")).toEqual([]);
    expect(competentFor("00000", "Nirgendwo")).toEqual({ kind: "unknown" });
  });

  test("there are 401 districts, each with an authority", () => {
    expect(districts()).toHaveLength(401);
    expect(districts().filter((district) => !authorityOfDistrict(district.kreis))).toEqual([]);
  });
});

describe("the competent authority", () => {
  test.each([
    ["P1", "14467", "Potsdam", "12054"],
    ["P2", "16225", "Eberswalde", "12060"],
    ["P4", "14513", "Teltow", "12069"],
    ["P5", "15711", "Königs Wusterhausen", "12061"],
    ["P9", "15306", "Seelow", "12064"],
    ["P11", "14943", "Luckenwalde", "12072"],
    ["E3", "10115", "Berlin", "11000"],
  ])("%s lives in %s %s, district %s", (_persona, plz, place, kreis) => {
    expect(competentFor(plz, place)).toMatchObject({
      kind: "found",
      kreis,
      ars: `${kreis}0000000`,
      certainty: "confirmed",
    });
  });

  test.each(["Konigs Wusterhausen", "KOENIGS WUSTERHAUSEN", "königs-wusterhausen"])("%s is understood", (place) => {
    expect(competentFor("15711", place)).toMatchObject({ kind: "found", kreis: "12061", certainty: "confirmed" });
  });

  test("a postal code in two districts needs the place", () => {
    expect(competentFor("14943", "Lühsdorf")).toMatchObject({ kind: "found", kreis: "12069" });
    const open = competentFor("14943", "");
    expect(open.kind).toBe("ambiguous");
    expect(open.kind === "ambiguous" && open.options.map((option) => option.kreis).toSorted()).toEqual([
      "12069",
      "12072",
    ]);
  });

  test("a town is understood where the postal code lists only its parts", () => {
    expect(findPlaces("14476").map(({ place }) => place)).not.toContain("Potsdam");
    expect(competentFor("14476", "Potsdam")).toMatchObject({ kind: "found", kreis: "12054", certainty: "confirmed" });
    expect(competentFor("14476", "Irgendwo").kind).toBe("ambiguous");
  });

  test("the fast track for skilled workers has a central body in some Länder (§ 81a AufenthG)", () => {
    expect(fastTrackBody("09564")).toMatchObject({ certainty: "confirmed" });
    expect(fastTrackBody("05314")).toMatchObject({ certainty: "assumed" });
    expect(fastTrackBody("12054")).toBeUndefined();
  });

  test("a place that the postal code does not list is only assumed", () => {
    expect(competentFor("14467", "Potsdam-Mitte")).toMatchObject({
      kind: "found",
      kreis: "12054",
      certainty: "assumed",
    });
  });

  test("a town with an authority of its own goes before its district", () => {
    expect(competentFor("73430", "Aalen")).toMatchObject({ kind: "found", ars: "081365001088", certainty: "assumed" });
  });

  test("the authority of Berlin is named", () => {
    expect(competentFor("10115", "Berlin")).toMatchObject({ name: "Landesamt für Einwanderung Berlin (LEA)" });
  });
});
