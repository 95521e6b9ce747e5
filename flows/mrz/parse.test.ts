import { describe, expect, test } from "vitest";
import { parseMrz } from "#flows/mrz/parse.ts";
import { specimens } from "#flows/mrz/specimens.fixture.ts";

const today = "2026-11-21";
const read = (...lines: readonly string[]) => parseMrz(lines.join("\n"), today);

const anna = { issuingState: "UTO", sex: "w", familyName: "ERIKSSON", givenNames: "ANNA MARIA", isNameCut: false };

describe("the specimens of ICAO 9303", () => {
  test.each([
    ["td1", { format: "TD1", documentCode: "I", number: "D23145890" }],
    ["td2", { format: "TD2", documentCode: "I", number: "D23145890" }],
    ["td3", { format: "TD3", documentCode: "P", number: "L898902C3" }],
  ] as const)("%s", (name, own) => {
    expect(read(...specimens[name])).toEqual({
      ok: true,
      mrz: { ...anna, nationality: "UTO", dateOfBirth: "1974-08-12", validUntil: "2012-04-15", ...own },
    });
  });

  test.each([
    ["mrvA", "MRV-A"],
    ["mrvB", "MRV-B"],
  ] as const)("%s", (name, format) => {
    expect(read(...specimens[name])).toEqual({
      ok: true,
      mrz: {
        ...anna,
        format,
        documentCode: "V",
        number: "L8988901C",
        nationality: "XXX",
        dateOfBirth: "1940-09-07",
        validUntil: "1996-12-10",
      },
    });
  });

  test.each(["longTd1", "longTd2"] as const)("%s: a number of more than nine signs", (name) => {
    expect(read(...specimens[name])).toMatchObject({
      ok: true,
      mrz: { number: "D23145890734", familyName: "STEVENSON", givenNames: "PETER JOHN", dateOfBirth: "1934-07-12" },
    });
  });
});

describe("lines as people type and paste them", () => {
  const [first, second] = specimens.td3;
  const expected = read(first, second);

  test.each([
    ["without line break", first + second],
    ["with blanks and empty lines", `\n ${first.replaceAll("<", " < ")} \r\n\r\n\t${second}\n`],
    ["in lower case", `${first}\n${second}`.toLowerCase()],
    ["with guillemets", `${first}\n${second}`.replaceAll("<<", "«")],
    ["with other guillemets", `${first}\n${second}`.replaceAll("<", "‹")],
    ["wrapped in the middle", `${first.slice(0, 30)}\n${first.slice(30)}\n${second.slice(0, 30)}\n${second.slice(30)}`],
    ["with too few fillers", `${first.replace(/<+$/, "<")}\n${second}`],
    ["with too many fillers", `${first}<<<\n${second}`],
    ["with the letter O for zeros of dates and check digits", `${first}\n${second.replace(/0(?!C)(?=[^2])/g, "O")}`],
  ])("%s", (_how, typed) => {
    expect(parseMrz(typed, today)).toEqual(expected);
  });

  test("lines of a card without line breaks", () => {
    expect(read(specimens.td1.join(""))).toEqual(read(...specimens.td1));
  });
});

/** A passport whose first line is filled up. */
const passport = (names: string, rest: string) => read(names.padEnd(44, "<"), rest);

describe("what documents say", () => {
  test("Germany has one letter, and Kosovo the code of the project", () => {
    expect(passport("P<D<<MUSTERMANN<<ERIKA", "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4")).toMatchObject({
      ok: true,
      mrz: { issuingState: "DEU", nationality: "DEU", number: "C01X00T47", dateOfBirth: "1964-08-12" },
    });
    expect(passport("P<RKSPROBE<<ARTA", "L898902C36RKS7408122F1204159ZE184226B<<<<<10")).toMatchObject({
      mrz: { issuingState: "XXK", nationality: "XXK" },
    });
  });

  test.each([
    ["P<UTOERIKSSON", { familyName: "ERIKSSON" }],
    ["P<UTO<<ANNA<MARIA", { givenNames: "ANNA MARIA" }],
    ["P<UTOVAN<DER<MUELLEN<<ANNA", { familyName: "VAN DER MUELLEN", givenNames: "ANNA" }],
    ["P<UTONGUYEN<<THI<<PROBE", { familyName: "NGUYEN", givenNames: "THI PROBE" }],
  ])("names %s", (line, names) => {
    const { mrz } = passport(line, specimens.td3[1]) as Extract<ReturnType<typeof read>, { ok: true }>;
    expect({ familyName: mrz.familyName, givenNames: mrz.givenNames }).toEqual({
      familyName: undefined,
      givenNames: undefined,
      ...names,
    });
    expect(mrz.isNameCut).toBe(false);
  });

  test("names that fill the line may be cut", () => {
    const line = "P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K";
    expect(line).toHaveLength(44);
    expect(passport(line, specimens.td3[1])).toMatchObject({ mrz: { isNameCut: true } });
  });

  test.each([
    ["7408<<", "1974-08"],
    ["740800", "1974-08"],
    ["74<<<<", "1974"],
    ["740000", "1974"],
    ["<<<<<<", undefined],
    ["000000", undefined],
    ["260101", "2026-01-01"],
    ["261122", "1926-11-22"],
    ["27<<<<", "1927"],
    ["000229", "2000-02-29"],
  ])("the birth date %s is %s", (signs, date) => {
    const result = parseMrz(visaWith(signs, "961210"), today);
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.mrz.dateOfBirth).toBe(date);
  });

  test.each([
    ["961210", "1996-12-10"],
    ["751231", "2075-12-31"],
    ["760101", "1976-01-01"],
    ["260101", "2026-01-01"],
    ["<<<<<<", undefined],
  ])("the end %s is %s", (signs, date) => {
    const result = parseMrz(visaWith("400907", signs), today);
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.mrz.validUntil).toBe(date);
  });

  test("a document that says nothing about sex", () => {
    expect(read(specimens.td3[0], specimens.td3[1].replace("F", "<"))).toMatchObject({ mrz: { sex: "x" } });
  });
});

const weighted = (signs: string) =>
  Array.from(signs).reduce((sum, sign, index) => {
    const value = sign === "<" ? 0 : Number.parseInt(sign, 36);
    return sum + value * [7, 3, 1][index % 3]!;
  }, 0) % 10;

/** The visa specimen with other dates and their check digits. */
function visaWith(birth: string, expiry: string): string {
  return [
    specimens.mrvA[0],
    `L8988901C4XXX${birth}${weighted(birth)}F${expiry}${weighted(expiry)}6ZE184226B<<<<<<`,
  ].join("\n");
}

describe("what is wrong is named by line and field", () => {
  const [first, second] = specimens.td3;

  test.each([
    [[first, second.replace("L898902C36", "L898902C26")], { line: 2, field: "number", kind: "check" }],
    [[first, second.replace("L898902C36", "L898902C37")], { line: 2, field: "number", kind: "check" }],
    [[first, second.replace("7408122", "7409122")], { line: 2, field: "dateOfBirth", kind: "check" }],
    [[first, second.replace("1204159", "1204169")], { line: 2, field: "validUntil", kind: "check" }],
    [[first, second.replace("ZE184226B", "ZE184227B")], { line: 2, field: "optional", kind: "check" }],
    [[first, `${second.slice(0, 43)}1`], { line: 2, field: "composite", kind: "check" }],
    [[first, second.replace("7408122", "74O8I22")], { line: 2, field: "dateOfBirth", kind: "form" }],
    [[first, second.replace("7408122", "7413122")], { line: 2, field: "dateOfBirth", kind: "form" }],
    [[first, second.replace("1204159", "12<<<<9")], { line: 2, field: "validUntil", kind: "form" }],
    [[first, second.replace("F", "Q")], { line: 2, field: "sex", kind: "form" }],
    [[first, second.replace("UTO", "U1O")], { line: 2, field: "nationality", kind: "form" }],
    [[first.replace("ANNA", "ANN4"), second], { line: 1, field: "names", kind: "form" }],
    [[first.replace("P<UTO", "P<<TO"), second], { line: 1, field: "issuingState", kind: "form" }],
    [[first, second.slice(0, 40)], { line: 2, field: "lines", kind: "length" }],
    [[`${first}ANNA`, second], { line: 1, field: "lines", kind: "length" }],
    [[second], { line: 1, field: "lines", kind: "length" }],
    [
      [first.replace("<ANNA<MARIA", "".padEnd(11, "<")).replace("ERIKSSON", "<<<<<<<<"), second],
      { line: 1, field: "names", kind: "form" },
    ],
    [specimens.td1.with(1, specimens.td1[1].replace("<6", "<7")), { line: 2, field: "composite", kind: "check" }],
    [
      specimens.longTd1.with(0, specimens.longTd1[0].replace("7349", "7359")),
      { line: 1, field: "number", kind: "check" },
    ],
    [specimens.mrvB.with(0, specimens.mrvB[0].replace("V<", "P<")), { line: 2, field: "composite", kind: "form" }],
  ])("%o: %o", (lines, problem) => {
    const result = read(...lines);
    expect(result.ok ? [] : result.problems).toContainEqual(problem);
  });

  test("a wrong field is not named twice for the check digit over all", () => {
    const result = read(first, second.replace("7408122", "7409122"));
    expect(result).toEqual({ ok: false, problems: [{ line: 2, field: "dateOfBirth", kind: "check" }] });
  });
});
