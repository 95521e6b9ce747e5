import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { qualityCodes, qualityOf } from "#flows/quality/report.ts";
import { isSpelled } from "#flows/quality/spelling.ts";

const today = "2026-11-21";
const mrz = "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nC01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4";
const person = {
  nationalities: ["DEU"],
  mrz,
  familyName: "Mustermann",
  givenNames: "Erika",
  dateOfBirth: "1964-08-12",
  sex: "w",
  docType: "passport",
  number: "C01X00T47",
  issuingState: "DEU",
  validUntil: "2027-02-28",
  registered: true,
};
const reportOf = (answers: Readonly<Record<string, unknown>>) => qualityOf({ answers, today });

describe("passport lines and answers", () => {
  test("agree", () => {
    expect(reportOf(person)).toEqual([{ code: "mrzAgrees", level: "good" }]);
  });

  test.each([
    [{ familyName: "Musterfrau" }, ["familyName"]],
    [{ givenNames: "Erika Maria" }, ["givenNames"]],
    [{ dateOfBirth: "1964-08-13" }, ["dateOfBirth"]],
    [{ sex: "m" }, ["sex"]],
    [{ number: "C01X00T48" }, ["number"]],
    [{ validUntil: "2028-02-28" }, ["validUntil"]],
    [{ nationalities: ["IND"] }, ["nationalities"]],
    [{ familyName: undefined, noFamilyName: true, givenNames: "Erika" }, ["familyName"]],
    [{ familyName: "Musterfrau", sex: "x" }, ["familyName", "sex"]],
  ])("with %o differ in %o", (changed, fields) => {
    expect(reportOf({ ...person, ...changed })).toEqual(
      fields.map((field) => ({ code: "mrzDiffers", field, level: "check" })),
    );
  });

  test.each([
    [{ familyName: "MUSTERMANN" }],
    [{ nationalities: ["IND", "DEU"] }],
    [{ docType: "idCard", number: "L01X00T47", validUntil: "2030-01-01", issuingState: "IND" }],
  ])("with %o agree all the same", (changed) => {
    expect(reportOf({ ...person, ...changed })).toEqual([{ code: "mrzAgrees", level: "good" }]);
  });

  test("a single name may be typed as either", () => {
    const lines = mrz.replace("MUSTERMANN<<ERIKA", "ERIKA<<<<<<<<<<<<");
    for (const names of [
      { familyName: "Erika", givenNames: undefined, noGivenNames: true },
      { familyName: undefined, givenNames: "Erika", noFamilyName: true },
    ]) {
      expect(reportOf({ ...person, mrz: lines, ...names })).toEqual([{ code: "mrzAgrees", level: "good" }]);
    }
  });

  test("names that may be cut cannot be compared", () => {
    const line = `P<D<<${"MUSTERMANN<<ERIKA<MARIA<ANTONIA<JOSEFINE<KATHARINA".slice(0, 39)}`;
    const lines = `${line}\n${mrz.split("\n")[1]}`;
    expect(reportOf({ ...person, mrz: lines })).toEqual([{ code: "mrzNameCut", field: "familyName", level: "check" }]);
  });

  test("nothing is said of lines that nobody gave", () => {
    expect(reportOf({ ...person, mrz: undefined })).toEqual([]);
  });
});

describe("names in the zone", () => {
  test.each([
    ["Müller-Lüdenscheidt", "MUELLER LUEDENSCHEIDT"],
    ["Müller-Lüdenscheidt", "MULLER LUDENSCHEIDT"],
    ["Weiß", "WEISS"],
    ["O’Neil d'Arc", "ONEIL DARC"],
    ["Łukasz", "LUKASZ"],
    ["Nguyễn Thị Phượng", "NGUYEN THI PHUONG"],
    ["ʿAbd ar-Raḥmān", "ABD AR RAHMAN"],
    ["Åsa Ærø", "AASA AEROE"],
    ["Þór", "THOR"],
    ["Şükrü Ağaoğlu", "SUEKRUE AGAOGLU"],
    ["Şükrü Ağaoğlu", "SUKRU AGAOGLU"],
    ["St. John", "ST JOHN"],
  ])("%s is %s", (name, zone) => {
    expect(isSpelled(name, zone)).toBe(true);
  });

  test.each([
    ["Müller", "MILLER"],
    ["Anna Maria", "ANNA"],
    ["", "ANNA"],
  ])("%j is not %s", (name, zone) => {
    expect(isSpelled(name, zone)).toBe(false);
  });
});

describe("person and papers", () => {
  test.each([
    [{ dateOfBirth: "1990-05" }, [{ code: "birthPartlyKnown", field: "dateOfBirth", level: "check" }]],
    [{ dateOfBirthUnknown: true }, [{ code: "birthUnknown", field: "dateOfBirth", level: "missing" }]],
    [
      { latinDocument: false, familyNameOriginal: "Тестенко" },
      [
        { code: "nameTransliterated", field: "familyName", level: "check" },
        { code: "originalName", field: "familyNameOriginal", level: "good" },
      ],
    ],
    [{ identityDocType: "none" }, [{ code: "noPassport", field: "identityDocType", level: "missing" }]],
    [{ docType: "none" }, [{ code: "noPassport", field: "docType", level: "missing" }]],
    [{ givenNamesOriginal: "Олена" }, [{ code: "originalName", field: "givenNamesOriginal", level: "good" }]],
    [{ docType: "passport", number: "X0000001" }, []],
    [{ docType: "passport", number: "12345" }, [{ code: "numberForm", field: "number", level: "check" }]],
    [{ docType: "passport", number: "ABCDEFGH" }, [{ code: "numberForm", field: "number", level: "check" }]],
    [{ docType: "passport", number: "X000000100" }, [{ code: "numberForm", field: "number", level: "check" }]],
    [{ docType: "idCard", number: "12345" }, []],
    [{ registered: false }, [{ code: "addressNotRegistered", field: "registered", level: "check" }]],
    [
      { familyName: "A".repeat(40), givenNames: "B".repeat(20) },
      [{ code: "nameLong", field: "familyName", level: "check" }],
    ],
    [{ familyName: "A".repeat(39), givenNames: "B".repeat(20) }, []],
    [{}, []],
  ])("%o: %o", (answers, report) => {
    expect(reportOf(answers)).toEqual(report);
  });

  test("what is missing comes first, what is fine last", () => {
    const report = reportOf({ ...person, dateOfBirth: undefined, dateOfBirthUnknown: true, registered: false });
    expect(report.map(({ level }) => level)).toEqual(["missing", "check", "good"]);
  });
});

test("every code has words, and there are no others", () => {
  const { quality } = JSON.parse(readFileSync("locales/de/services.json", "utf8")) as { quality: object };
  expect(Object.keys(quality).toSorted()).toEqual([...qualityCodes].toSorted());
});
