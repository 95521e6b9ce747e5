import type { Answers } from "#flows/engine/facts.ts";
import { addMonths } from "#flows/engine/dates.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { situationOf } from "#flows/services/situation.ts";
import type { WorkSituation } from "#flows/law/situation.ts";
import type { Service } from "#flows/services/service.ts";
import { address, contact } from "#flows/steps/contact.ts";
import { family } from "#flows/steps/family.ts";
import {
  declarations,
  healthInsurance,
  livelihood,
  offenceDetails,
  offences,
  postalDelivery,
} from "#flows/steps/living.ts";
import { files, noPassport, passport, passportDetails, titleDetails, visa } from "#flows/steps/papers.ts";
import {
  appearance,
  birth,
  formerNames,
  maritalSince,
  maritalStatus,
  name,
  representation,
} from "#flows/steps/person.ts";
import { isSurelyMinor } from "#flows/steps/rules.ts";
import { entry, previousStays } from "#flows/steps/stay.ts";
import { isGermanPaper, isVisa } from "#flows/steps/titles.ts";
import {
  degreeDetails,
  employer,
  employerContact,
  itExperience,
  job,
  otherBlueCard,
  pay,
  qualification,
  recognition,
} from "#flows/steps/work.ts";

const steps = {
  representation,
  name,
  formerNames,
  birth,
  appearance,
  maritalStatus,
  maritalSince,
  passport,
  passportDetails,
  noPassport,
  visa,
  titleDetails,
  files,
  address,
  contact,
  entry,
  previousStays,
  family,
  employer,
  employerContact,
  job,
  pay,
  qualification,
  degreeDetails,
  recognition,
  itExperience,
  otherBlueCard,
  healthInsurance,
  livelihood,
  offences,
  offenceDetails,
  authorityQuestions: { kind: "extra", section: "questions" },
  postalDelivery,
  evidence: { kind: "evidence", section: "documents" },
  review: { kind: "review", section: "review", fields: declarations },
} as const;

/** Answers of the Blue Card wizard with those of the entry questions. */
export type BlueCardAnswers = Answers<typeof steps> & TriageAnswers;

/** The way on from the identity paper: the current visa or title, if there is one. */
const toTitle = [
  { guard: "holdsVisa", target: "visa" },
  { guard: "holdsGermanPaper", target: "titleDetails" },
  "files",
] as const;

/** The way on after the questions of the service: what this authority asks and offers besides. */
const toEvidence = [
  { guard: "hasExtraQuestions", target: "authorityQuestions" },
  { guard: "offersPost", target: "postalDelivery" },
  "evidence",
] as const;

const flow = defineFlow<TriageAnswers>()({
  id: "W-18g",
  initial: "name",
  steps,
  guards: {
    isRepresented: ({ answers, today }) =>
      (answers.applicantIs !== undefined && answers.applicantIs !== "self") ||
      isSurelyMinor(answers.dateOfBirth, today),
    changedName: ({ answers }) => answers.nameChanged === true,
    hasNoDateOfStatus: ({ answers }) => answers.maritalStatus === "single" || answers.maritalStatus === "unknown",
    hasNoPassport: ({ answers }) => answers.docType === "none",
    holdsVisa: ({ answers }) => isVisa(answers.currentTitleType),
    holdsGermanPaper: ({ answers }) => isGermanPaper(answers.currentTitleType),
    hasNoDegree: ({ answers }) => answers.degree === "none",
    hasForeignDegree: ({ answers }) => answers.degree === "foreign",
    offencesAsked: ({ settings }) => settings.askOffences,
    hasExtraQuestions: ({ settings }) => settings.extraQuestions.length > 0,
    offersPost: ({ settings }) => settings.postalDelivery,
    saidYesToOffence: ({ answers }) =>
      Boolean(answers.convicted || answers.pendingProceedings || answers.expelledOrRefused),
  },
  next: {
    name: [{ guard: "changedName", target: "formerNames" }, "birth"],
    formerNames: "birth",
    birth: [{ guard: "isRepresented", target: "representation" }, "appearance"],
    representation: "appearance",
    appearance: "maritalStatus",
    maritalStatus: [{ guard: "hasNoDateOfStatus", target: "passport" }, "maritalSince"],
    maritalSince: "passport",
    passport: [{ guard: "hasNoPassport", target: "noPassport" }, "passportDetails"],
    passportDetails: toTitle,
    noPassport: toTitle,
    visa: "files",
    titleDetails: "files",
    files: "address",
    address: "contact",
    contact: "entry",
    entry: "previousStays",
    previousStays: "family",
    family: "employer",
    employer: "employerContact",
    employerContact: "job",
    job: "pay",
    pay: "qualification",
    qualification: [{ guard: "hasNoDegree", target: "itExperience" }, "degreeDetails"],
    degreeDetails: [{ guard: "hasForeignDegree", target: "recognition" }, "otherBlueCard"],
    recognition: "otherBlueCard",
    itExperience: "otherBlueCard",
    otherBlueCard: "healthInsurance",
    healthInsurance: "livelihood",
    livelihood: [{ guard: "offencesAsked", target: "offences" }, ...toEvidence],
    offences: [{ guard: "saidYesToOffence", target: "offenceDetails" }, ...toEvidence],
    offenceDetails: toEvidence,
    authorityQuestions: [{ guard: "offersPost", target: "postalDelivery" }, "evidence"],
    postalDelivery: "evidence",
    evidence: "review",
    review: null,
  },
});

function degreeOf(answers: BlueCardAnswers): WorkSituation["degree"] {
  if (answers.degree !== "foreign") return answers.degree;
  return answers.recognitionStatus === "recognised" || answers.recognitionStatus === "comparable"
    ? "foreignComparable"
    : "foreignUnclear";
}

/** The job as the law looks at it; what is not answered yet stays out. */
function workSituation(answers: BlueCardAnswers, today: string): WorkSituation {
  return Object.fromEntries(
    Object.entries({
      annualGrossCents: answers.grossAnnual,
      degree: degreeOf(answers),
      newGraduate: answers.degreeDate === undefined ? undefined : today <= addMonths(answers.degreeDate, 36),
      shortageOccupation: { yes: true, no: false, unsure: undefined }[answers.shortageOccupation ?? "unsure"],
      itWithoutDegree:
        answers.isItJob === undefined ? undefined : answers.isItJob && (answers.itExperienceYears ?? 0) >= 3,
      regulatedProfession: answers.regulatedProfession,
      start: answers.jobStart,
      end: answers.jobEnd,
    }).filter(([, value]) => value !== undefined),
  );
}

/** EU Blue Card for work that matches a degree (§ 18g AufenthG); LeiKa key of domain 1.4. */
export const blueCard: Service = {
  id: "W-18g",
  version: "1.0.0",
  leika: "99010038001000",
  flow,
  situation: ({ answers, today }) =>
    situationOf("W-18g", answers as BlueCardAnswers, workSituation(answers as BlueCardAnswers, today)),
};
