import { describe, expect, test } from "vitest";
import type { EvidenceItem } from "#flows/engine/evidence.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { evidenceTable } from "#flows/law/evidence/table.ts";
import { law, people, person, today } from "#flows/law/people.fixture.ts";
import { requestKinds, type Situation } from "#flows/law/situation.ts";

const codes = (situation: Situation, need: EvidenceItem["need"]): string[] =>
  evidenceFor(situation, law, today)
    .filter((item) => item.need === need)
    .map((item) => item.code);
const itemOf = (situation: Situation, code: string): EvidenceItem | undefined =>
  evidenceFor(situation, law, today).find((item) => item.code === code);

describe("evidence of the personas", () => {
  test("P1 hands in eight things for the first Blue Card", () => {
    expect(codes(person("P1"), "required").toSorted()).toEqual(
      ["PASS", "TITLE", "CONTR", "EZB", "QUAL", "RECOG", "KV", "REG"].toSorted(),
    );
    expect(codes(person("P1"), "conditional")).toEqual([]);
    expect(itemOf(person("P1"), "REG")?.alternatives).toEqual(["RENT"]);
  });

  test("P2 is asked for payslips, licence and insurance; contract, recognition and registration may stay empty", () => {
    expect(codes(person("P2"), "required").toSorted()).toEqual(["INC3", "KV", "LIC", "PASS", "TITLE"]);
    expect(codes(person("P2"), "conditional").toSorted()).toEqual(["CONTR", "RECOG"]);
    expect(codes(person("P2"), "optional")).toEqual(["REG"]);
  });

  test("P4 shows degree and means for the search", () => {
    expect(codes(person("P4"), "required").toSorted()).toEqual(["FIN", "KV", "PASS", "QUAL", "REG", "TITLE"]);
  });

  test("P5 shows marriage, spouse and home", () => {
    expect(codes(person("P5"), "required").toSorted()).toEqual([
      "KV",
      "LANG",
      "MARR",
      "PASS",
      "REFID",
      "RENT",
      "TITLE",
    ]);
    expect(codes(person("P5"), "conditional")).toEqual(["INC3", "CONTR"]);
  });

  test("P11 needs passport and card only", () => {
    expect(codes(person("P11"), "required")).toEqual(["PASS", "TITLE"]);
  });

  test("E1 needs the paper only", () => {
    expect(codes(person("E1"), "required")).toEqual(["TITLE"]);
  });
});

const family = (relation: "spouse" | "child" | "parent"): Situation => person("P5", { family: { relation } });
const withWork = (work: Situation["work"]): Situation => person("P1", { work });

const apprentice = (training: Situation["training"], request: Situation["request"] = "first") =>
  person("P4", { service: "A-16a", request, ...(training && { training }) });
const onPath = (path: "measure" | "partnership") => person("P4", { service: "A-16d", training: { path } });
const settled = (service: string, permanent: Situation["permanent"]) =>
  person("P2", { service, request: "permanent", ...(permanent && { permanent }) });

describe("conditions", () => {
  test("a German degree needs no recognition, an unknown one leaves it open", () => {
    expect(itemOf(withWork({ degree: "german" }), "RECOG")).toBeUndefined();
    expect(itemOf(withWork({}), "RECOG")?.need).toBe("conditional");
  });

  test("IT without a degree shows experience instead", () => {
    const situation = withWork({ degree: "none", itWithoutDegree: true });
    expect(itemOf(situation, "EXP")?.need).toBe("required");
    expect(itemOf(situation, "QUAL")?.need).toBe("optional");
    // How long the experience must be is for the authority: less of it is shown all the same.
    expect(itemOf(withWork({ degree: "none", itJob: true, itWithoutDegree: false }), "EXP")?.need).toBe("required");
    expect(itemOf(withWork({ degree: "none", itJob: false, itWithoutDegree: false }), "EXP")).toBeUndefined();
    expect(itemOf(person("P1", { service: "W-18b", work: { degree: "none" } }), "EXP")).toBeUndefined();
  });

  test("without a title none is asked", () => {
    expect(itemOf(person("P1", { title: { kind: "none" } }), "TITLE")).toBeUndefined();
  });

  test("a new employer brings contract and the employer's form back", () => {
    const situation = person("P2", { work: { ...people.P2.work, employerChanged: true } });
    expect(codes(situation, "required")).toEqual(expect.arrayContaining(["CONTR", "EZB"]));
  });

  test("a fixed-term contract is asked again", () => {
    const situation = person("P2", { work: { ...people.P2.work, end: "2027-06-30" } });
    expect(itemOf(situation, "CONTR")?.need).toBe("required");
  });

  test("students who need longer show how far they are, the others may", () => {
    const student = { service: "A-16b", request: "extension" } as const;
    expect(itemOf(person("P4", { ...student, studyDelayed: true }), "STUDY")?.need).toBe("required");
    expect(itemOf(person("P4", { ...student, studyDelayed: false }), "STUDY")?.need).toBe("conditional");
    expect(itemOf(person("P4", { service: "A-16b", request: "first" }), "STUDY")).toBeUndefined();
  });

  test("a spouse shows the marriage, children and parents the birth; who it is decides", () => {
    expect(codes(family("spouse"), "required")).toContain("MARR");
    expect(itemOf(family("spouse"), "BIRTH")).toBeUndefined();
    for (const relation of ["child", "parent"] as const) {
      expect(codes(family(relation), "required")).toContain("BIRTH");
      expect(itemOf(family(relation), "MARR")).toBeUndefined();
      expect(itemOf(family(relation), "CUST")?.need).toBe("conditional");
      expect(itemOf(family(relation), "LANG")).toBeUndefined();
    }
    expect(itemOf(person("P5", { family: {} }), "MARR")?.need).toBe("conditional");
  });

  test("the language certificate stays open with an exception and in an extension", () => {
    const spouse = { relation: "spouse", languageException: true } as const;
    expect(itemOf(person("P5", { family: spouse }), "LANG")?.need).toBe("conditional");
    expect(itemOf(person("P5", { request: "extension" }), "LANG")?.need).toBe("conditional");
  });

  test("pay that covers the need and a tested German leave means and certificate out of vocational training", () => {
    expect(codes(apprentice({ monthlyPayCents: 95_900, isGermanChecked: true }), "conditional")).toEqual([]);
    expect(itemOf(apprentice({ monthlyPayCents: 95_900 }), "FIN")).toBeUndefined();
    expect(itemOf(apprentice({ monthlyPayCents: 95_899 }), "FIN")?.need).toBe("required");
    expect(itemOf(apprentice({ isGermanChecked: false }), "LANG")?.need).toBe("required");
    expect(itemOf(apprentice({ isGermanChecked: false }, "extension"), "LANG")).toBeUndefined();
    expect(codes(apprentice(undefined), "conditional")).toEqual(["FIN", "LANG"]);
  });

  test("a job on the way to recognition shows its contract, a measure shows plan and means", () => {
    expect(codes(onPath("measure"), "required")).toEqual(expect.arrayContaining(["RECOG", "LANG", "ENROL", "FIN"]));
    expect(itemOf(onPath("measure"), "FIN")?.alternatives).toEqual(["CONTR"]);
    expect(codes(onPath("partnership"), "required")).toEqual(expect.arrayContaining(["RECOG", "LANG", "CONTR"]));
    expect(itemOf(onPath("partnership"), "FIN")).toBeUndefined();
  });

  test("permanent titles ask for the contract of those who work, refugees show no pension record", () => {
    expect(itemOf(settled("N-9", { livesOnJob: true }), "CONTR")?.need).toBe("required");
    expect(itemOf(settled("N-9", { livesOnJob: false }), "CONTR")).toBeUndefined();
    expect(codes(settled("N-9", { livesOnJob: false, livesOnBusiness: true }), "required")).toContain("TAX");
    expect(itemOf(settled("N-9", { livesOnJob: false, livesOnBusiness: true }), "INC3")).toBeUndefined();
    expect(itemOf(settled("N-9", { livesOnJob: true, livesOnBusiness: true }), "INC3")?.need).toBe("required");
    expect(itemOf(settled("N-9", { livesOnJob: true, livesOnBusiness: false }), "TAX")).toBeUndefined();
    expect(itemOf(settled("N-26", { protection: "refugee" }), "RV")).toBeUndefined();
    expect(itemOf(settled("N-26", { protection: "subsidiary" }), "RV")?.need).toBe("required");
    expect(itemOf(settled("N-26", undefined), "RV")?.need).toBe("conditional");
  });

  test("minors bring the consent of their custodians", () => {
    expect(itemOf(person("P1", { service: "A-16b", birth: "2009-06-01" }), "CUSTCONS")?.need).toBe("required");
    expect(itemOf(person("P1", { service: "A-16b", birth: "2008" }), "CUSTCONS")?.need).toBe("conditional");
    expect(itemOf(person("P1", { service: "A-16b" }), "CUSTCONS")).toBeUndefined();
  });

  test("a representative shows the power of attorney", () => {
    expect(itemOf(person("P1", { filer: "attorney" }), "REPR")?.need).toBe("required");
    expect(itemOf(person("P1", { filer: "self" }), "REPR")).toBeUndefined();
  });

  test("skilled workers of 45 and low pay show old-age provision, Blue Card holders do not", () => {
    const older = { birth: "1975-01-01", work: { ...people.P1.work, annualGrossCents: 5_000_000 } };
    expect(itemOf(person("P1", { ...older, service: "W-18b" }), "PEN")?.need).toBe("required");
    expect(itemOf(person("P1", older), "PEN")).toBeUndefined();
  });
});

describe("the table", () => {
  const services = [...Object.keys(evidenceTable), "X-1"];

  test.each(services)("%s never names a code twice and never throws", (service) => {
    for (const request of requestKinds) {
      const bare: Situation = { service, request, nationalities: [], title: { kind: "none" } };
      const asked = evidenceFor(bare, {}, today).map((item) => item.code);
      expect(new Set(asked).size).toBe(asked.length);
    }
  });

  test("a service without a row asks who it is and what they hold", () => {
    expect(codes(person("P1", { service: "X-1" }), "required")).toEqual(["PASS", "TITLE"]);
  });
});
