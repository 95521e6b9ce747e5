import { describe, expect, test } from "vitest";
import { storedOf } from "#app/cli/persona/answers.ts";
import { loadPersona } from "#app/cli/persona/file.ts";
import { evidenceCodes } from "#flows/engine/evidence.ts";
import type { Setting, Step, Steps } from "#flows/engine/facts.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import { lawInForce } from "#flows/law/law.ts";
import { lawRows } from "#flows/law/rows.ts";
import { fullSettings } from "#flows/services/registry.ts";
import { walkService } from "#flows/services/service.ts";
import { triage } from "#flows/services/triage.ts";
import { blueCard } from "#flows/services/W-18g.ts";

const TODAY = "2026-11-21";
const setting: Setting = { today: TODAY, law: lawInForce(lawRows, TODAY), settings: fullSettings };

/** M: ask and require · C: ask where it matters · O: may be asked, answering is voluntary · –: do not ask. */
type Mark = "M" | "C" | "O" | "–";
type Block = { mark: Mark; fields: readonly string[] };

const named = (fields: string): string[] => fields.trim().split(/\s+/);

/** Domain 2.8, column "Work", with the fields of 2.1 to 2.7 that fill its blocks. */
const work: Readonly<Record<string, Block>> = {
  person: {
    mark: "M",
    fields: named(`
      familyName noFamilyName givenNames noGivenNames doctorate nameChanged dateOfBirth
      dateOfBirthUnknown placeOfBirth countryOfBirth sex maritalStatus maritalStatusSince azrNumber
      foreignersFileNo
    `),
  },
  formerNames: { mark: "C", fields: named("birthName otherNames") },
  // The page comes to everybody; filling it is voluntary, because the authority measures at the appointment.
  heightAndEyes: { mark: "M", fields: named("heightCm eyeColour") },
  passport: {
    mark: "M",
    fields: named(`
      docType number issuingState issuedBy issuedOn validUntil unlimited noPassportReason
      noPassportDetails
    `),
  },
  currentTitle: {
    mark: "M",
    fields: named(`
      visaNumber visaIssuedAt visaValidFrom visaPurpose legalBasisText cardNumber titleValidFrom
      issuingAuthority conditionsText
    `),
  },
  addressAndContact: {
    mark: "M",
    fields: named(`
      street houseNo addressSuffix coName addressSince registered email emailRepeat phone
      preferredLanguage needs
    `),
  },
  entry: { mark: "M", fields: named("entryDateCurrent entryDateFirst entryFrom") },
  previousStays: { mark: "O", fields: named("stayFrom stayTo stayPlace stayTitle") },
  spouseAndChildren: {
    mark: "M",
    fields: named(`
      relation relativeFamilyName relativeGivenNames relativeBirthName relativeDateOfBirth
      relativePlaceOfBirth relativeSex relativeNationality relativeResidence relativeSameAddress
      relativeTitle relativeTitleValidUntil relativeCountry relativeWillJoin
    `),
  },
  parents: { mark: "–", fields: [] },
  referencePerson: { mark: "–", fields: [] },
  employerAndJob: {
    mark: "M",
    fields: named(`
      employerName employerStreet employerPostalCode employerPlace employerIndustry employerNumber
      ownShare employerContactName employerPhone employerEmail jobTitle jobDuties jobStart jobEnd
      weeklyHours workplace temporaryAgency regulatedProfession grossAnnual shortageOccupation
      holdsOtherBlueCard
    `),
  },
  // "C (20)": only of those who look for work after their studies.
  studyAndTraining: { mark: "–", fields: [] },
  qualification: {
    mark: "M",
    fields: named(`
      degree fieldOfStudy degreeTitle university degreeCountry degreeDate recognitionStatus isItJob
      itExperienceYears
    `),
  },
  // "C": no title of § 18g depends on it; permanent titles do.
  languageAndIntegration: { mark: "–", fields: [] },
  livelihood: { mark: "C", fields: named("onBenefits") },
  healthInsurance: { mark: "M", fields: named("healthInsurance insuranceCompany") },
  housing: { mark: "–", fields: [] },
  offences: { mark: "C", fields: named("convicted pendingProceedings expelledOrRefused offenceDetails") },
  lossDetails: { mark: "–", fields: [] },
  postalDelivery: { mark: "O", fields: named("postalDelivery") },
  representation: {
    mark: "C",
    fields: named(`
      representativeRole representativeFamilyName representativeGivenNames representativeDateOfBirth
      representativePhone declareAuthorised
    `),
  },
  declarations: { mark: "M", fields: named("declareTrue declareDuties consentEmail") },
};

const stepFields = (step: Step): string[] =>
  step.kind === "group" ? allFields(step.item.steps) : Object.keys(fieldsOf(step, setting));
const allFields = (steps: Steps): string[] => Object.values(steps).flatMap(stepFields);

/** Everything comes later: which pages come does not depend on files. */
const evidence = Object.fromEntries(evidenceCodes.map((code) => [code, { files: [], later: "" }]));

/** Fields on the pages that a persona comes by, answered or not. */
function askedOf(name: string): Set<string> {
  const typed = loadPersona(`tests/personas/${name}.json`).answers;
  const stored = { ...storedOf(triage, typed, fullSettings), ...storedOf(blueCard.flow, typed, fullSettings) };
  const { service } = walkService(blueCard, { ...stored, evidence }, setting);
  expect(service.isComplete).toBe(true);
  return new Set(
    service.path.flatMap((step) => {
      const page = blueCard.flow.steps[step];
      return page ? stepFields(page) : [];
    }),
  );
}

const blocks = Object.entries(work);
const mandatory = blocks.filter(([, { mark }]) => mark === "M");

describe("data minimisation of W-18g (domain 2.8)", () => {
  test("the wizard asks what its blocks allow, and nothing outside", () => {
    const allowed = blocks.flatMap(([, { mark, fields }]) => (mark === "–" ? [] : fields));
    expect(allFields(blueCard.flow.steps).toSorted()).toEqual(allowed.toSorted());
  });

  test("a block that is not to be asked has no field", () => {
    expect(blocks.filter(([, { mark, fields }]) => mark === "–" && fields.length > 0)).toEqual([]);
  });

  test.each(["p1", "family", "represented", "child", "expired", "unknown"])(
    "%s is asked something of every mandatory block",
    (name) => {
      const asked = askedOf(name);
      const missing = mandatory.filter(([, { fields }]) => !fields.some((field) => asked.has(field)));
      expect(missing.map(([block]) => block)).toEqual([]);
    },
  );

  test("conditional blocks stay away from a person whom they do not concern", () => {
    const asked = askedOf("p1");
    expect(work["representation"]?.fields.filter((field) => asked.has(field))).toEqual([]);
    expect(work["formerNames"]?.fields.filter((field) => asked.has(field))).toEqual([]);
    expect(asked).not.toContain("offenceDetails");
  });

  test("height, eye colour and all ways to be reached are voluntary", () => {
    const fields = Object.assign({}, ...Object.values(blueCard.flow.steps).map((step) => fieldsOf(step, setting)));
    const voluntary = [
      "heightCm",
      "eyeColour",
      "email",
      "phone",
      "preferredLanguage",
      "needs",
      "azrNumber",
      "consentEmail",
    ];
    for (const name of voluntary) expect(fields[name], name).toMatchObject({ optional: true });
  });
});
