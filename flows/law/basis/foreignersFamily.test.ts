import { describe, expect, test } from "vitest";
import type { LegalBasis } from "#flows/law/basis/rule.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { law, lawWithout, today } from "#flows/law/people.fixture.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { FamilySituation } from "#flows/law/situations/family.ts";

type Changes = Partial<Pick<Situation, "birth" | "request">>;

function basisOf(service: string, family: FamilySituation, changes: Changes = {}, rows = law): LegalBasis {
  const situation: Situation = {
    service,
    request: "first",
    birth: "1990-01-01",
    nationalities: ["IND"],
    title: { kind: "nationalVisa", validUntil: "2027-02-28" },
    family,
    ...changes,
  };
  return legalBasisFor(situation, rows, today);
}

describe("husband or wife of a foreigner", () => {
  const spouse = { relation: "spouse", referenceTitle: "settlement", referenceBirth: "1990" } as const;

  test.each<[string, FamilySituation, Changes, string[]]>([
    ["with A1", { ...spouse, speaksGerman: true }, {}, []],
    ["without German", { ...spouse, speaksGerman: false, languageException: false }, {}, ["languageMissing"]],
    ["without German, with an exception", { ...spouse, speaksGerman: false, languageException: true }, {}, []],
    ["without German, extension", { ...spouse, speaksGerman: false }, { request: "extension" }, []],
    ["without German, of a skilled worker", { ...spouse, speaksGerman: false, referenceTitle: "skilledWork" }, {}, []],
    ["of seventeen", spouse, { birth: "2009-11-22" }, ["spousesAge"]],
    ["of eighteen today", spouse, { birth: "2008-11-21" }, []],
    ["of somebody of seventeen", { ...spouse, referenceBirth: "2009-11-22" }, {}, ["spousesAge"]],
    ["living apart", { ...spouse, separated: true }, {}, ["livingApart"]],
    ["of somebody without title", { ...spouse, referenceTitle: "noTitle" }, {}, ["referenceTitleMissing"]],
    [
      "of somebody whose title has ended",
      { ...spouse, referenceTitleUntil: "2026-11-20" },
      {},
      ["referenceTitleMissing"],
    ],
    ["of somebody whose title ends today", { ...spouse, referenceTitleUntil: today }, {}, []],
    ["under subsidiary protection", { ...spouse, referenceTitle: "subsidiary" }, {}, ["familyReunionSuspended"]],
    ["the same, extension", { ...spouse, referenceTitle: "subsidiary" }, { request: "extension" }, []],
    ["with another humanitarian title", { ...spouse, referenceTitle: "otherProtection" }, {}, ["reunionRestricted"]],
  ])("%s", (_case, family, changes, findings) => {
    const found = basisOf("FAM-30", family, changes);
    expect(found).toMatchObject({ basis: "§ 30 Abs. 1 AufenthG", findings });
    expect(found.certainty).toBe(findings.length > 0 ? "unclear" : "likely");
  });

  test("the three months after a recognition are something to know, and nothing against it", () => {
    expect(basisOf("FAM-30", { ...spouse, referenceTitle: "refugee" })).toMatchObject({
      certainty: "likely",
      findings: ["refugeeFamily"],
    });
  });
});

describe("an own right", () => {
  const apart = { ownRightCause: "separation", sharedFrom: "2023-03-15" } as const;
  const first = "§ 31 Abs. 1 Satz 1 Nr. 1 AufenthG";

  test.each<[string, FamilySituation, string, string[]]>([
    ["after three years to the day", { ...apart, sharedUntil: "2026-03-15" }, first, []],
    ["a day earlier", { ...apart, sharedUntil: "2026-03-14" }, first, ["sharedLifeShort"]],
    [
      "with hardship",
      { ...apart, sharedUntil: "2024-01-01", hardship: true },
      "§ 31 Abs. 2 AufenthG",
      ["hardshipExamined"],
    ],
    ["with none", { ...apart, sharedUntil: "2024-01-01", hardship: false }, first, ["sharedLifeShort"]],
    ["after a death", { ownRightCause: "death" }, "§ 31 Abs. 1 Satz 1 Nr. 2 AufenthG", []],
    ["before anything is said", {}, "§ 31 AufenthG", []],
  ])("%s", (_case, family, basis, findings) => {
    expect(basisOf("FAM-31", family)).toMatchObject({ basis, findings });
  });

  test("without the row nothing is said against it", () => {
    const family = { ...apart, sharedUntil: "2024-01-01" };
    expect(basisOf("FAM-31", family, {}, lawWithout("period.sharedLife"))).toEqual({
      basis: first,
      certainty: "unclear",
      findings: [],
    });
  });
});

describe("a child who joins", () => {
  const child = { relation: "child", referenceTitle: "otherPermit", custody: "oneParent" } as const;
  const sixteen = { birth: "2010-11-21" };

  test.each<[string, FamilySituation, Changes, string, string[]]>([
    ["the only custodian", child, { birth: "2016" }, "1", []],
    ["both parents", { ...child, custody: "bothParents", otherParentAbroad: false }, { birth: "2016" }, "1", []],
    [
      "one of two",
      { ...child, custody: "bothParents", otherParentAbroad: true },
      { birth: "2016" },
      "3",
      ["otherParentConsent"],
    ],
    ["others", { ...child, custody: "otherPerson" }, { birth: "2016" }, "4", ["hardshipExamined"]],
    ["alone at sixteen", { ...child, movedTogether: false }, sixteen, "1", ["olderChild"]],
    ["alone a day before", { ...child, movedTogether: false }, { birth: "2010-11-22" }, "1", []],
    ["together at sixteen", { ...child, movedTogether: true }, sixteen, "1", []],
    ["alone, of a Blue Card", { ...child, movedTogether: false, referenceTitle: "blueCard" }, sixteen, "1", []],
    ["at eighteen", child, { birth: "2008-11-21" }, "1", ["childNotMinor"]],
  ])("%s", (_case, family, changes, paragraph, findings) => {
    expect(basisOf("FAM-32", family, changes)).toMatchObject({ basis: `§ 32 Abs. ${paragraph} AufenthG`, findings });
  });
});

describe("a child born here", () => {
  const born = { relation: "child", bornInGermany: true, referenceTitle: "otherPermit" } as const;

  test.each<[string, FamilySituation, number, string[]]>([
    ["both parents with titles", { ...born, custody: "bothParents", otherParentHasTitle: true }, 2, []],
    ["one parent with a title", { ...born, custody: "bothParents", otherParentHasTitle: false }, 1, []],
    ["the only custodian with one", { ...born, custody: "oneParent" }, 2, []],
    ["nobody with one", { ...born, custody: "oneParent", referenceTitle: "noTitle" }, 1, ["referenceTitleMissing"]],
    [
      "the other parent alone with one",
      { ...born, custody: "bothParents", referenceTitle: "noTitle", otherParentHasTitle: true },
      1,
      [],
    ],
    ["born elsewhere", { ...born, custody: "oneParent", bornInGermany: false }, 2, ["notBornHere"]],
  ])("%s", (_case, family, sentence, findings) => {
    expect(basisOf("FAM-33", family, { birth: "2026-10-05" })).toMatchObject({
      basis: `§ 33 Satz ${sentence} AufenthG`,
      findings,
    });
  });
});

test("a child's extension becomes a right of its own on the eighteenth birthday", () => {
  const family = { relation: "child", referenceTitle: "noTitle" } as const;
  const extension = { request: "extension" } as const;
  expect(basisOf("FAM-34", family, { ...extension, birth: "2008-11-21" })).toMatchObject({
    basis: "§ 34 Abs. 2 AufenthG",
    findings: [],
  });
  expect(basisOf("FAM-34", family, { ...extension, birth: "2008-11-22" })).toMatchObject({
    basis: "§ 34 Abs. 1 AufenthG",
    findings: ["referenceTitleMissing"],
  });
});

describe("other relatives", () => {
  const minor = { otherKinship: "parentOfMinor", referenceTitle: "refugee" } as const;
  const worker = { otherKinship: "parentOfWorker", referenceTitle: "blueCard" } as const;

  test.each<[string, FamilySituation, Changes, string, string[]]>([
    ["of a protected minor", { ...minor, referenceBirth: "2011" }, {}, "§ 36 Abs. 1", []],
    ["of one who came of age", { ...minor, referenceBirth: "2008-11-21" }, {}, "§ 36 Abs. 1", ["childNotMinor"]],
    ["of a worker since the first day", { ...worker, firstSkilledTitleOn: "2024-03-01" }, {}, "§ 36 Abs. 3", []],
    [
      "of one since the day before",
      { ...worker, firstSkilledTitleOn: "2024-02-29" },
      {},
      "§ 36 Abs. 3",
      ["skilledTitleEarlier"],
    ],
    [
      "in hardship",
      { otherKinship: "otherKin", referenceTitle: "settlement" },
      {},
      "§ 36 Abs. 2",
      ["hardshipExamined"],
    ],
    ["under subsidiary protection", { isSubsidiaryFamily: true }, {}, "§ 36a Abs. 1", ["familyReunionSuspended"]],
    ["the same, extension", { isSubsidiaryFamily: true }, { request: "extension" }, "§ 36a Abs. 1", []],
    ["not said yet", {}, {}, "§ 36", []],
  ])("%s", (_case, family, changes, norm, findings) => {
    expect(basisOf("FAM-36", family, changes)).toMatchObject({ basis: `${norm} AufenthG`, findings });
  });
});
