import { describe, expect, test } from "vitest";
import type { Setting, Step } from "#flows/engine/facts.ts";
import type { Field } from "#flows/engine/fields.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import { lawInForce } from "#flows/law/law.ts";
import { lawRows } from "#flows/law/rows.ts";
import { titleKinds } from "#flows/law/situation.ts";
import { fullSettings, services, type ServiceId } from "#flows/services/registry.ts";
import type { Service } from "#flows/services/service.ts";
import {
  askedLater,
  hasShortWay,
  isPressing,
  laterForAll,
  minimalWalk,
  short,
  walkShort,
} from "#flows/services/short.ts";
import { triage } from "#flows/services/triage.ts";

const TODAY = "2026-11-21";
const setting: Setting = { today: TODAY, law: lawInForce(lawRows, TODAY), settings: fullSettings };

/** What a person in a hurry says. */
const hurried = {
  postalCode: "14467",
  place: "Potsdam",
  applicantIs: "self",
  nationalities: ["IND"],
  familyOf: "none",
  currentTitleType: "residencePermit",
  titleValidUntil: "2026-11-10",
  request: "extension",
  purpose: "work",
  workGoal: "blueCard",
  familyName: "ABGELAUFEN",
  givenNames: "Ravi",
  dateOfBirth: "1992-04-18",
  docType: "passport",
  number: "X0000202",
  issuingState: "IND",
  validUntil: "2030-06-30",
  street: "Beispielallee",
  houseNo: "2",
  declareTrue: true,
  declareDuties: true,
};

const fieldsIn = (steps: Readonly<Record<string, Step>>): Record<string, Field> =>
  Object.assign({}, ...Object.values(steps).map((step) => fieldsOf(step, setting)));

describe("the short path", () => {
  test.each(titleKinds)("takes six pages to the button for a person with the title %s", (currentTitleType) => {
    const { walk, service } = walkShort({ ...hurried, currentTitleType }, setting);
    expect(walk.isComplete).toBe(true);
    expect(walk.path.length).toBeLessThanOrEqual(6);
    expect(walk.path.at(-1)).toBe(service ? "review" : "result");
  });

  const titles = Object.values<Service>(services).filter(({ id }) => hasShortWay(id as ServiceId));

  test.each(titles)("asks every field as the long wizard of $id does", ({ flow, isSensitive }) => {
    const long = { ...fieldsIn(triage.steps), ...fieldsIn(flow.steps) };
    const safe = isSensitive ? ["email", "emailRepeat", "phone", "consentEmail"] : [];
    for (const [name, field] of Object.entries(fieldsIn(short.steps))) {
      if (safe.includes(name)) continue;
      // A field that only some are asked for may stay empty; everything else is the very same definition.
      expect(long[name]?.schema, name).toBe(field.schema);
      expect(field.optional === long[name]?.optional || field.isConditional, name).toBe(true);
    }
  });

  test.each([
    { purpose: "family", familyGoal: "ownRight" },
    { purpose: "protection", protectionGoal: "urgentStay" },
  ])("takes no e-mail address of people who may be in danger: %o", (wish) => {
    const typed = { ...hurried, ...wish, email: "p@example.org", emailRepeat: "p@example.org" };
    expect(walkShort(typed, setting).walk).toMatchObject({ isComplete: true });
    expect(walkShort(typed, setting).walk.answers).not.toHaveProperty("email");
  });

  test("asks for the end of a title that has one, and drops the date of one that has none", () => {
    const { titleValidUntil: _open, ...without } = hurried;
    expect(walkShort(without, setting).walk.path).toEqual(["where", "wish"]);
    const { walk } = walkShort({ ...hurried, currentTitleType: "none" }, setting);
    expect(walk.answers).not.toHaveProperty("titleValidUntil");
  });

  test("knows who files for a minor, and takes no representative of somebody who files alone", () => {
    const child = { ...hurried, dateOfBirth: "2012-01-01" };
    expect(walkShort(child, setting).walk.path.at(-1)).toBe("who");
    const names = { representativeRole: "parent", representativeFamilyName: "B", representativeGivenNames: "C" };
    const filed = walkShort({ ...child, ...names, declareAuthorised: true }, setting);
    expect(filed.walk.isComplete).toBe(true);
    expect(walkShort({ ...hurried, ...names }, setting).walk.answers).not.toHaveProperty("representativeRole");
  });

  test("is enough without a passport, with the reason", () => {
    const { walk } = walkShort({ ...hurried, docType: "none" }, setting);
    expect(walk.path.at(-1)).toBe("paper");
    const reasoned = walkShort({ ...hurried, docType: "none", noPassportReason: "lost" }, setting);
    expect(reasoned.walk.isComplete).toBe(true);
    expect(reasoned.walk.answers).not.toHaveProperty("number");
  });

  test("ends at the authority's contact when nobody can file the wish here", () => {
    const elsewhere = walkShort({ ...hurried, purpose: "other" }, setting);
    expect(elsewhere).toMatchObject({ outcome: { outcome: "information" }, service: undefined });
    const none = { ...setting, settings: { ...fullSettings, services: [] } };
    expect(walkShort(hurried, none).walk.path).toEqual(["where", "wish", "result"]);
  });

  test("is offered pressingly from 14 days before the end, and after it", () => {
    const ends = ["2026-12-06", "2026-12-05", "2026-11-21", "2026-11-10", undefined, "soon"];
    expect(ends.map((end) => isPressing(end, setting.law, TODAY))).toEqual([false, true, true, true, false, false]);
  });
});

describe("a minimal application", () => {
  const service = services["W-18g"];

  test("leaves all required evidence for later, but keeps files that are there", () => {
    const asked = askedLater(service, { ...setting, answers: walkShort(hurried, setting).walk.answers });
    const file = {
      id: "00000000-0000-4000-8000-000000000000",
      name: "p.pdf",
      mimeType: "application/pdf",
      size: 1,
      sha512: "0".repeat(128),
      key: "A".repeat(43),
    } as const;
    const evidence = laterForAll(asked, { PASS: { files: [file] } });
    const required = asked.filter(({ need }) => need === "required").map(({ code }) => code);
    expect(Object.keys(evidence)).toEqual(required);
    expect(evidence.PASS).toEqual({ files: [file] });
    expect(required.slice(1).map((code) => evidence[code]?.later)).toEqual(required.slice(1).map(() => ""));
  });

  test("is complete for the service of its wish alone", () => {
    expect(minimalWalk(service, hurried, setting)).toMatchObject({
      completeness: "minimal",
      service: { isComplete: true },
    });
    expect(minimalWalk(services["W-18b"], hurried, setting).service.isComplete).toBe(false);
  });
});
