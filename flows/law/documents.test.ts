import { describe, expect, test } from "vitest";
import { deadlineFor } from "#flows/law/deadline.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { feeFor } from "#flows/law/fee.ts";
import { law, person, today } from "#flows/law/people.fixture.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";

const situationOf = (service: string, changes: Partial<Situation> = {}): Situation =>
  person("P2", { service, ...changes });
const amountOf = (situation: Situation): number | readonly number[] | "unknown" => {
  const fee = feeFor(situation, law, today);
  return fee.kind === "exact" ? fee.cents : fee.kind === "range" ? [fee.from, fee.to] : "unknown";
};
const codesOf = (situation: Situation): string[] => feeFor(situation, law, today).reasons.map(({ code }) => code);

describe("fees of conditions, papers, free movement and toleration (domain 1.3)", () => {
  const turkish = { nationalities: ["TUR"], turkishAssociation: true } as const;
  const broken = { card: { reason: "defect", ownFault: false } } as const;

  test.each<[string, Situation, number | readonly number[]]>([
    ["a condition of residence", situationOf("C-RES"), 5_000],
    ["a condition of residence of a minor", situationOf("C-RES", { birth: "2010-01-01" }), 2_500],
    ["a condition of residence with benefits", situationOf("C-RES", { onBenefits: true }), 0],
    ["a job's condition with association rights", situationOf("C-WORK", turkish), 0],
    [
      "a new passport with association rights",
      situationOf("D-CARD-P", { ...turkish, card: { reason: "newPassport" } }),
      4_600,
    ],
    [
      "a lost card with association rights, under 24",
      situationOf("D-CARD-L", { ...turkish, birth: "2005-01-01" }),
      2_760,
    ],
    ["a broken chip without fault with association rights", situationOf("D-CARD-C", { ...turkish, ...broken }), 0],
    [
      "an open fault with association rights",
      situationOf("D-CARD-C", { ...turkish, card: { reason: "defect" } }),
      [0, 4_600],
    ],
    ["a Swiss card", situationOf("D-CARD-P", { nationalities: ["CHE"] }), 4_600],
    ["a certificate with protection", situationOf("D-FIKT", { protectedStatus: true }), 0],
    ["a certificate with association rights", situationOf("D-FIKT", turkish), 0],
    ["a certificate of a minor", situationOf("D-FIKT", { birth: "2010-01-01" }), 650],
    ["a lost card with protection", situationOf("D-CARD-L", { protectedStatus: true }), 6_700],
    ["a lost card with a public scholarship", situationOf("D-CARD-L", { publicScholarship: true }), 6_700],
    ["new data with a public scholarship", situationOf("D-CARD-D", { publicScholarship: true }), 0],
    ["a document for a refugee with protection", situationOf("D-RA-F", { protectedStatus: true }), 7_000],
    ["a document for a foreigner of 23", situationOf("D-RA-A", { birth: "2002-11-22" }), 9_700],
    ["a document for a foreigner of 24", situationOf("D-RA-A", { birth: "2002-11-21" }), 10_000],
    ["a document for a foreigner with subsidiary protection", situationOf("D-RA-A", { protectedStatus: true }), 7_000],
    ["a document for a stateless person of 17", situationOf("D-RA-S", { birth: "2009-01-01" }), 3_800],
    ["a substitute", situationOf("D-AE", { other: { renewal: false } }), 3_200],
    ["more time for a substitute", situationOf("D-AE", { other: { renewal: true } }), 1_600],
    ["a substitute that may be either", situationOf("D-AE"), [1_600, 3_200]],
    ["a substitute of a minor", situationOf("D-AE", { other: { renewal: false }, birth: "2010-01-01" }), 1_600],
    ["a substitute with benefits", situationOf("D-AE", { other: { renewal: false }, onBenefits: true }), 0],
    ["a permanent card of a Union citizen's family", situationOf("EU-PERM"), 4_600],
    ["a certificate for a Union citizen", situationOf("EU-PERM", { nationalities: ["POL"] }), 1_000],
    ["a British national", situationOf("EU-GB", { nationalities: ["GBR"], birth: "2004-01-01" }), 2_760],
    ["a first Duldung", situationOf("G-DULD", { request: "first" }), [5_800, 6_200]],
    ["a Duldung of a minor", situationOf("G-DULD", { birth: "2010-01-01" }), [1_650, 1_850]],
    ["a paper of the asylum procedure", situationOf("G-GEST"), 0],
  ])("%s", (_name, situation, amount) => {
    expect(amountOf(situation)).toEqual(amount);
  });

  test("a child under twelve has the choice of a document without a chip", () => {
    const small = situationOf("D-RA-F", { birth: "2014-11-22" });
    expect(amountOf(small)).toEqual([1_400, 3_800]);
    expect(codesOf(small)).toEqual(["travelDocument", "childDocument", "dueOnFiling"]);
    expect(amountOf(situationOf("D-RA-F", { birth: "2014-11-21" }))).toBe(3_800);
    expect(amountOf(situationOf("D-RA-F", { birth: "2014" }))).toEqual([1_400, 3_800]);
  });

  test("the age of 24 is said to be open only where it is", () => {
    expect(codesOf(situationOf("D-RA-F", { birth: "2002" }))).toContain("ageOpen");
    expect(codesOf(situationOf("D-RA-F", { birth: "2015" }))).not.toContain("ageOpen");
  });

  test("a card of free movement can come by post, for half of it to minors", () => {
    expect(amountOf(situationOf("EU-CARD", { postalDelivery: true }))).toBe(6_100);
    expect(amountOf(situationOf("EU-CARD", { postalDelivery: true, birth: "2010-01-01" }))).toBe(2_760 + 750);
  });

  test("authorities differ in the condition of residence, and it is said", () => {
    expect(codesOf(situationOf("C-RES"))).toContain("unverified");
    expect(codesOf(situationOf("C-COND"))).not.toContain("unverified");
  });
});

const pending = (pendingSince: string, title: Situation["title"]) =>
  deadlineFor(situationOf("D-FIKT", { request: "certificate", title, other: { pendingSince } }), law, today);

describe("deadlines", () => {
  test("the stay of a host is not concerned", () => {
    const host = situationOf("D-VE", { request: "first", title: { kind: "none" }, nationalities: [] });
    expect(deadlineFor(host, law, today)).toEqual({ codes: [], tone: "none", effect: "notConcerned" });
  });

  test("an application in time still counts after the title has ended, a late one does not", () => {
    const title = { kind: "residencePermit", validUntil: "2026-11-10" } as const;
    expect(pending("2026-11-10", title)).toEqual({ codes: [], tone: "none", effect: "pending" });
    expect(pending("2026-11-11", title)).toMatchObject({ codes: ["L4"], effect: "discretion" });
    expect(pending("2026-11-01", { kind: "none" }).effect).toBe("pending");
  });

  test("an application never extends a Schengen visa or a Duldung", () => {
    expect(pending("2026-11-01", { kind: "schengenVisa", validUntil: "2026-12-01" }).codes).toEqual(["L7"]);
    expect(pending("2026-11-01", { kind: "duldung", validUntil: "2026-12-01" }).codes).toEqual(["L12"]);
  });

  test("permanent residence and the Withdrawal Agreement have no deadline", () => {
    for (const service of ["EU-PERM", "EU-GB"]) {
      expect(deadlineFor(situationOf(service), law, today)).toEqual({ codes: [], tone: "none", effect: "rightByLaw" });
    }
  });
});

const asked = (service: string, need: string, other: OtherSituation = {}, more: Partial<Situation> = {}): string[] =>
  evidenceFor(situationOf(service, { other, ...more }), law, today)
    .filter((item) => item.need === need)
    .map(({ code }) => code);

const childOf = (unionStatus: NonNullable<OtherSituation["unionStatus"]>) =>
  asked("EU-CARD", "required", { unionStatus, unionKinship: "childUnder21" });

describe("evidence", () => {
  test.each<[OtherSituation["residenceReason"], string]>([
    ["job", "CONTR"],
    ["training", "CONTR"],
    ["study", "ENROL"],
    ["course", "ENROL"],
    ["family", "MARR"],
    ["hardship", "CHANGE"],
  ])("moving for %s shows %s alone", (residenceReason, code) => {
    const codes = asked("C-RES", "required", { residenceReason: residenceReason ?? "job", hasNewFlat: false });
    expect(codes).toEqual(["TITLE", code]);
  });

  test("a Union citizen shows no marriage and no other person", () => {
    const family = { unionKinship: "spouse" } as const;
    expect(asked("EU-PERM", "required", family)).toEqual(["PASS", "EUREF", "MARR", "REG", "RV"]);
    expect(asked("EU-PERM", "required", {}, { nationalities: ["POL"] })).toEqual(["PASS", "REG", "RV"]);
  });

  test("insurance and means count if the Union citizen does not work", () => {
    expect(childOf("worker")).toEqual(["PASS", "EUREF", "BIRTH", "REG"]);
    expect(childOf("nonWorking")).toEqual(["PASS", "EUREF", "BIRTH", "REG", "KV", "FIN"]);
  });

  test("a card that has ended needs no proof of a change, benefits need their notice", () => {
    expect(asked("D-CARD-D", "required", {}, { card: { reason: "expired" } })).toEqual(["PASS", "TITLE"]);
    expect(asked("D-CARD-P", "conditional", {}, { onBenefits: true })).toEqual(["FIN"]);
    expect(asked("D-CARD-P", "conditional")).toEqual([]);
  });

  test("a German host shows no title", () => {
    expect(asked("D-VE", "required", { hostStatus: "germanCitizen", hostHasJob: false })).toEqual([
      "PASS",
      "RENT",
      "INC3",
      "REFID",
    ]);
  });
});
