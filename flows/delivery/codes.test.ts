import { describe, expect, test } from "vitest";
import {
  documentCode,
  iso2Of,
  languageCode,
  maritalStatusCode,
  nationalityCode,
  nationalityIds,
  sexCode,
  stateCode,
  stateIds,
} from "#flows/delivery/codes.ts";
import { maritalStatuses, sexes } from "#flows/steps/answers.ts";
import { contact } from "#flows/steps/contact.ts";

describe("official codes", () => {
  test.each([
    ["IND", "436", "indisch"],
    ["UKR", "166", "ukrainisch"],
    ["DEU", "000", "deutsch"],
    ["XXK", "150", "kosovarisch"],
    ["RKS", "150", "kosovarisch"],
    ["XXA", "997", "staatenlos"],
    ["XXX", "998", "ungeklärt"],
  ])("the nationality %s has the key %s", (iso3, code, text) => {
    expect(nationalityCode(iso3)).toMatchObject({ code, text, listVersion: "2024-08-01" });
  });

  test("a state of birth may be a former state and then comes from the nationality list", () => {
    expect(stateCode("SUN")).toMatchObject({ code: "159", text: "Sowjetunion" });
    expect(stateCode("SUN")?.list).toMatch(/staatsangehoerigkeit$/);
    expect(stateCode("IND")).toMatchObject({ code: "436", text: "Indien" });
    expect(stateCode("IND")?.list).toMatch(/schluessel:staat$/);
  });

  test("former states are offered for birth only, stateless for nationality only", () => {
    expect(stateIds({ historic: true })).toContain("YUG");
    expect(stateIds({ historic: false })).not.toContain("YUG");
    expect(nationalityIds()).not.toContain("YUG");
    expect(nationalityIds()).toEqual(expect.arrayContaining(["XXA", "XXX", "TWN", "PSE"]));
    expect(stateIds({ historic: true })).not.toContain("XXA");
  });

  test("every offered id has a code, and no two share one", () => {
    const nationalities = nationalityIds().map((id) => nationalityCode(id)?.code);
    const birthStates = stateIds({ historic: true }).map((id) => stateCode(id)?.code);
    expect(nationalities).not.toContain(undefined);
    expect(birthStates).not.toContain(undefined);
    expect(new Set(nationalities).size).toBe(nationalities.length);
    expect(new Set(birthStates).size).toBe(birthStates.length);
  });

  test("today's states have a two-letter code, former ones none", () => {
    expect(iso2Of()).toMatchObject({ UKR: "UA", XXK: "XK", PSE: "PS" });
    expect(iso2Of()["SCG"]).toBeUndefined();
  });

  test("an unknown id has no code", () => {
    expect(stateCode("ZZZ")).toBeUndefined();
    expect(nationalityCode("COK")).toBeUndefined();
    expect(maritalStatusCode("complicated")).toBeUndefined();
    expect(documentCode("none")).toBeUndefined();
  });

  test("every answer on marital status has a DSMeld key of its own", () => {
    const codes = maritalStatuses.map((id) => maritalStatusCode(id)?.code);
    expect(codes).toEqual(["LD", "VH", "LP", "GS", "VW", "EA", "LA", "LV", "LE", "NB"]);
  });

  test("the answers on sex are the codes of XInneres", () => {
    expect(sexes.map((id) => sexCode(id)?.code)).toEqual(["w", "m", "d", "x"]);
    expect(sexCode("x")?.text).toBe("keine Angabe");
  });

  test("a language has the key of the catalogue and that of the Ausländerzentralregister", () => {
    expect(languageCode("uk")).toEqual({
      code: "ukr",
      text: "Ukrainisch",
      azr: "119",
      list: "urn:xoev-de:xauslaender:codeliste:sprachenkatalog",
      listVersion: "11",
    });
    const named = contact.fields.preferredLanguage.options.filter((id) => id !== "otherLanguage");
    expect(named.map((id) => languageCode(id)?.azr)).not.toContain(undefined);
    expect(languageCode("otherLanguage")).toBeUndefined();
  });

  test("a foreign passport and a German travel document have different keys", () => {
    expect(documentCode("passport")?.code).toBe("07");
    expect(documentCode("travelDocument")?.code).toBe("05");
  });
});
