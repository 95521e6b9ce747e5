import { describe, expect, test } from "vitest";
import type { LegalBasis } from "#flows/law/basis/rule.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { law, person, today } from "#flows/law/people.fixture.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";

const basisOf = (service: string, other: OtherSituation = {}, more: Partial<Situation> = {}): LegalBasis =>
  legalBasisFor(person("P2", { service, other, ...more }), law, today);

describe("cards", () => {
  test("a card of a limited title that ends points to the extension of the title", () => {
    const ended = { card: { reason: "expired" } } as const;
    expect(basisOf("D-CARD-D", {}, ended)).toEqual({
      basis: "§ 45c Abs. 1 Nr. 2 AufenthV",
      certainty: "unclear",
      findings: ["cardOfLimitedTitle"],
    });
    expect(basisOf("D-CARD-D", {}, { ...ended, title: { kind: "settlementPermit" } }).findings).toEqual([]);
    expect(basisOf("D-CARD-D", {}, { card: { reason: "data" } }).findings).toEqual([]);
  });

  test("whoever has not blocked or reported it yet is told to", () => {
    expect(basisOf("D-CARD-L", { eidBlocked: false, lossKind: "stolen", policeReported: false })).toEqual({
      basis: "§ 45c Abs. 1 Nr. 3 AufenthV",
      certainty: "likely",
      findings: ["blockOnlineFunction", "reportTheft"],
    });
    expect(basisOf("D-CARD-L", { eidBlocked: true, lossKind: "lost", policeReported: false }).findings).toEqual([]);
  });

  test("a journey on a certificate needs a question first", () => {
    expect(basisOf("D-FIKT", { plansTravel: true }).findings).toEqual(["travelOnCertificate"]);
    expect(basisOf("D-FIKT", { plansTravel: false }).findings).toEqual([]);
  });
});

describe("travel documents", () => {
  test.each<[string, OtherSituation, string[]]>([
    ["D-RA-F", { protectionStatus: "asylum" }, []],
    ["D-RA-F", { protectionStatus: "refugee" }, []],
    ["D-RA-F", { protectionStatus: "subsidiary" }, ["refugeesOnly"]],
    ["D-RA-F", {}, []],
    ["D-RA-A", { protectionStatus: "refugee" }, ["refugeeDocument"]],
    ["D-RA-A", { protectionStatus: "noProtection", holdsValidPassport: true }, ["passportStillValid"]],
    ["D-RA-A", { protectionStatus: "subsidiary", holdsValidPassport: false }, []],
    ["D-RA-S", { statelessness: "found" }, []],
    ["D-RA-S", { statelessness: "notFound" }, ["statelessnessOpen"]],
    ["D-AE", { holdsValidPassport: true }, ["passportStillValid"]],
  ])("%s with %j", (service, other, findings) => {
    expect(basisOf(service, other)).toMatchObject({
      certainty: findings.length > 0 ? "unclear" : "likely",
      findings,
    });
  });

  test("a theft to report does not speak against the document", () => {
    expect(basisOf("D-RA-F", { lossKind: "stolen", policeReported: false })).toMatchObject({
      certainty: "likely",
      findings: ["reportTheft"],
    });
  });
});

test("a host names a guest, and a title of the host's own lasts as long as the visit", () => {
  expect(basisOf("D-VE", { guests: 0, hostTitleValidUntil: "2027-01-01", visitTo: "2027-01-02" }).findings).toEqual([
    "guestsMissing",
    "hostTitleEndsFirst",
  ]);
  expect(basisOf("D-VE", { guests: 1, hostTitleValidUntil: "2027-01-02", visitTo: "2027-01-02" })).toMatchObject({
    basis: "§ 68 AufenthG",
    findings: [],
  });
});
