import { describe, expect, test } from "vitest";
import { specimens } from "#flows/mrz/specimens.fixture.ts";
import { carriedOf } from "#flows/provenance/carried.ts";
import { originsOf, proposalsOf } from "#flows/provenance/proposals.ts";

const today = "2026-11-21";
/** A German passport, whose state is in the list. */
const mrz = "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nC01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4";

const valuesFor = (stored: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(proposalsOf(stored, today)).map(([name, { value }]) => [name, value]));

describe("passport lines", () => {
  const person = { familyName: "MUSTERMANN", givenNames: "ERIKA", dateOfBirth: "1964-08-12", sex: "w" };
  const paper = { docType: "passport", number: "C01X00T47", issuingState: "DEU", validUntil: "2027-02-28" };

  test("fill in person and paper, in the letters of the lines", () => {
    expect(valuesFor({ mrz })).toEqual({ ...person, ...paper });
    expect(proposalsOf({ mrz }, today)["familyName"]).toEqual({ value: "MUSTERMANN", origin: "mrz" });
  });

  test("never fill in nationalities, which the entry questions ask", () => {
    expect(valuesFor({ mrz })).not.toHaveProperty("nationalities");
  });

  test("say nothing about the paper if another kind was chosen", () => {
    expect(valuesFor({ mrz, docType: "idCard" })).toEqual(person);
    expect(valuesFor({ mrz, docType: "passport" })).toEqual({ ...person, ...paper });
  });

  test.each([
    ["of a visa", specimens.mrvA],
    ["of a residence card", specimens.td1.with(0, specimens.td1[0].replace("I<", "AR"))],
  ])("%s say nothing about the passport", (_what, lines) => {
    const values = valuesFor({ mrz: lines.join("\n") });
    expect(values).toMatchObject({ familyName: "ERIKSSON", givenNames: "ANNA MARIA", sex: "w" });
    for (const name of Object.keys(paper)) expect(values).not.toHaveProperty(name);
  });

  test("of an identity card and of a passport of a kind that differs between states", () => {
    expect(valuesFor({ mrz: specimens.td1.join("\n") })).toMatchObject({ docType: "idCard", number: "D23145890" });
    const [first, second] = specimens.td3;
    expect(valuesFor({ mrz: `${first.replace("P<", "PO")}\n${second}` })).not.toHaveProperty("docType");
  });

  test("say no state that is not in the list, no sex that is open, and no names that may be cut", () => {
    const [first, second] = specimens.td3;
    expect(valuesFor({ mrz: `${first}\n${second}` })).not.toHaveProperty("issuingState");
    expect(valuesFor({ mrz: `${first}\n${second.replace("F", "<")}` })).not.toHaveProperty("sex");
    const long = `P<UTO${"ERIKSSON<<ANNA<MARIA<ANTONIA<JOSEFINE<KATHARINA".slice(0, 39)}\n${second}`;
    expect(valuesFor({ mrz: long })).not.toHaveProperty("familyName");
    expect(valuesFor({ mrz: long })).toHaveProperty("number");
  });

  test.each([undefined, "", "junk", 7, mrz.replace("C01X", "C02X")])("%s fill in nothing", (lines) => {
    expect(valuesFor({ mrz: lines })).toEqual({});
  });
});

describe("what another member of the household said", () => {
  test("is proposed, and an e-mail address need not be typed twice", () => {
    const carried = { street: "Musterallee", registered: true, email: "p1@example.org" };
    expect(carriedOf({ street: "x", carried })).toEqual({ ...carried, emailRepeat: "p1@example.org" });
    expect(proposalsOf({ carried }, today)["street"]).toEqual({ value: "Musterallee", origin: "carriedOver" });
  });

  test("counts less than the document", () => {
    expect(proposalsOf({ mrz, carried: { familyName: "Mustermann" } }, today)["familyName"]).toEqual({
      value: "MUSTERMANN",
      origin: "mrz",
    });
  });

  test.each([{}, { carried: undefined }, { carried: "x" }, { carried: ["x"] }, { carried: null }])(
    "%o is nothing",
    (stored) => {
      expect(carriedOf(stored)).toEqual({});
    },
  );
});

test("an answer comes from where it was proposed if nothing of it was changed", () => {
  const answers = { mrz, familyName: "MUSTERMANN", givenNames: "Erika", street: "Musterallee", nationalities: ["DEU"] };
  const carried = { givenNames: "Erika", street: "Musterweg", nationalities: ["DEU"], familyName: "Mustermann" };
  const originOf = originsOf(answers, carried, today);
  expect(Object.keys(answers).map((name) => [name, originOf(name)])).toEqual([
    ["mrz", "typed"],
    ["familyName", "mrz"],
    ["givenNames", "carriedOver"],
    ["street", "typed"],
    ["nationalities", "carriedOver"],
  ]);
  expect(originOf("unasked")).toBe("typed");
});
