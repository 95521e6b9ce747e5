import { describe, expect, test } from "vitest";
import { law, lawWithout } from "#flows/law/people.fixture.ts";
import { offersBeside, outcomeOf } from "#flows/services/outcome.ts";
import { fullSettings } from "#flows/services/registry.ts";
import { walk } from "#flows/engine/walk.ts";
import { triage, type TriageAnswers } from "#flows/services/triage.ts";

const setting = { settings: fullSettings, law, today: "2026-11-21" };
const start = { postalCode: "14467", place: "Potsdam", applicantIs: "self" };
const arrival = { careOfMinor: "adult", arrivalRegistered: false, protectionElsewhere: ["none"] };
const fled = { ...start, ...arrival, nationalities: ["UKR"], fledUkraine: true, currentTitleType: "none" };
/** Somebody who comes to protection by the purpose. */
const purpose = {
  ...start,
  ...arrival,
  familyOf: "none",
  currentTitleType: "none",
  request: "first",
  purpose: "protection",
  protectionGoal: "ukraine",
};
const other = { ...purpose, nationalities: ["IND"] };
const permit = { currentTitleType: "residencePermit", titleValidUntil: "2024-03-04" };

const application = { outcome: "application", service: "H-24" };
const information = (reason: string) => ({ outcome: "information", reason });
const continues = { outcome: "notNeeded", reason: "ukraineContinues" };

function outcomeFor(stored: object, own: Partial<typeof setting> = {}) {
  const here = { ...setting, ...own };
  const walked = walk(triage, stored, here);
  return { ...outcomeOf(walked.answers as TriageAnswers, here), path: walked.path, isComplete: walked.isComplete };
}

describe("the pre-check of domain 3.1", () => {
  test.each<[string, object, object]>([
    ["U1: a Ukrainian who fled", fled, application],
    [
      "U1: one who was away when the war began",
      { ...purpose, nationalities: ["UKR"], fledUkraine: false },
      application,
    ],
    ["U2: protection in Ukraine", { ...other, ukraineRight: "protection" }, application],
    ["U3: family", { ...other, ukraineRight: "family", ukraineKinship: "child" }, application],
    ["U4: an unlimited permit", { ...other, ukraineRight: "unlimited" }, application],
    ["U5: a limited permit", { ...other, ukraineRight: "limited" }, information("ukraineLimitedPermit")],
    ["U5: no right at all", { ...other, ukraineRight: "nothing" }, information("ukraineLimitedPermit")],
    [
      "U5: a limited permit never continues",
      { ...other, ...permit, ukraineRight: "limited", protectionTitle: "continuing" },
      information("ukraineLimitedPermit"),
    ],
    ["U6: another title, protection chosen", { ...fled, ...permit, protectionTitle: "otherToProtection" }, application],
    [
      "X: protection elsewhere is no obstacle",
      { ...fled, protectionElsewhere: ["granted"], protectionState: "POL" },
      application,
    ],
    ["a title that continues", { ...fled, ...permit, protectionTitle: "continuing" }, continues],
    [
      "a title that continues, of somebody with protection in Ukraine",
      { ...other, ...permit, request: "extension", ukraineRight: "protection", protectionTitle: "continuing" },
      continues,
    ],
    ["a title that had ended before", { ...fled, ...permit, protectionTitle: "ended" }, application],
    ["a child that is here alone", { ...fled, careOfMinor: "alone" }, information("unaccompaniedMinor")],
    ["a child with a relative", { ...fled, careOfMinor: "relative", applicantIs: "other" }, application],
    ["a child of parents who file", { ...fled, careOfMinor: undefined, applicantIs: "child" }, application],
  ])("%s", (_case, stored, outcome) => {
    expect(outcomeFor(stored)).toMatchObject({ ...outcome, isComplete: true });
  });

  test.each(["continuingOther", "otherTitle"])("%s leads to all other services", (protectionTitle) => {
    const wish = { request: "card", cardGoal: "lost" };
    expect(outcomeFor({ ...fled, ...permit, ...wish, protectionTitle })).toMatchObject({ service: "D-CARD-L" });
  });

  test.each(["fiktion", "settlementPermit"])("%s is told about before protection", (currentTitleType) => {
    const { path } = outcomeFor({ ...fled, currentTitleType, titleValidUntil: "2027-01-01" });
    expect(path.at(-1)).toBe("request");
  });

  test("a new arrival comes by six pages", () => {
    expect(outcomeFor(fled).path).toEqual([
      "place",
      "applicant",
      "nationality",
      "ukraine",
      "currentTitle",
      "ukraineArrival",
      "result",
    ]);
  });

  test("without the ordinance every title is applied for", () => {
    const own = { law: lawWithout("date.ukraineContinuation") };
    expect(outcomeFor({ ...fled, ...permit, protectionTitle: "continuing" }, own)).toMatchObject(application);
  });

  test("an authority that wants registration first says so, to those who are not registered and have no title", () => {
    const own = { settings: { ...fullSettings, registrationFirst: true } };
    expect(outcomeFor(fled, own)).toMatchObject(information("registrationFirst"));
    expect(outcomeFor({ ...other, ukraineRight: "unlimited" }, own)).toMatchObject(information("registrationFirst"));
    expect(outcomeFor({ ...fled, arrivalRegistered: true }, own)).toMatchObject(application);
    expect(outcomeFor({ ...fled, ...permit, protectionTitle: "continuing" }, own)).toMatchObject(continues);
    expect(outcomeFor({ ...fled, careOfMinor: "alone" }, own)).toMatchObject(information("unaccompaniedMinor"));
  });

  test("an authority that does not take it online is named", () => {
    const own = { settings: { ...fullSettings, services: ["W-18g"] } };
    expect(outcomeFor(fled, own)).toMatchObject(information("ukraine"));
  });
});

test("who needs or gets no protection is offered what stays open", () => {
  expect(offersBeside({ outcome: "notNeeded", reason: "ukraineContinues" })).toEqual(
    expect.arrayContaining(["C-WORK", "C-RES", "D-CARD-L", "W-18b", "A-16b", "FAM-30"]),
  );
  const limited = offersBeside({ outcome: "information", reason: "ukraineLimitedPermit" });
  expect(limited).toContain("W-18b");
  expect(limited).not.toContain("C-WORK");
  expect(offersBeside({ outcome: "information", reason: "pending" })).toEqual([]);
  expect(offersBeside({ outcome: "application", service: "H-24" })).toEqual([]);
});
