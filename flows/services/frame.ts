import type { Answers, Facts } from "#flows/engine/facts.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { address, contact } from "#flows/steps/contact.ts";
import { declarations, offenceDetails, offences, postalDelivery } from "#flows/steps/living.ts";
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
import { previousStays } from "#flows/steps/previousStays.ts";
import { isSurelyMinor } from "#flows/steps/rules.ts";
import { entry } from "#flows/steps/stay.ts";
import { isGermanPaper, isVisa } from "#flows/steps/titles.ts";

/** Pages that every residence service asks first: person, papers, address, stay. */
export const opening = {
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
} as const;

/** Pages that every residence service ends with: offences, questions of the authority, card, evidence, review. */
export const closing = {
  offences,
  offenceDetails,
  authorityQuestions: { kind: "extra", section: "questions" },
  postalDelivery,
  evidence: { kind: "evidence", section: "documents" },
  review: { kind: "review", section: "review", fields: declarations },
} as const;

/** Answers of the pages that all services share, with those of the entry questions. */
export type FrameAnswers = TriageAnswers & Answers<typeof opening & typeof closing>;

/** A guard that reads nothing but what all services ask. */
type FrameGuard = (facts: Facts<FrameAnswers>) => boolean;

/** Guards on the arrows of the shared pages. */
export const frameGuards = {
  isRepresented: ({ answers, today }) =>
    (answers.applicantIs !== undefined && answers.applicantIs !== "self") || isSurelyMinor(answers.dateOfBirth, today),
  changedName: ({ answers }) => answers.nameChanged === true,
  hasNoDateOfStatus: ({ answers }) => answers.maritalStatus === "single" || answers.maritalStatus === "unknown",
  hasNoPassport: ({ answers }) => answers.docType === "none",
  holdsVisa: ({ answers }) => isVisa(answers.currentTitleType),
  holdsGermanPaper: ({ answers }) => isGermanPaper(answers.currentTitleType),
  offencesAsked: ({ settings }) => settings.askOffences,
  hasExtraQuestions: ({ settings }) => settings.extraQuestions.length > 0,
  offersPost: ({ settings }) => settings.postalDelivery,
  saidYesToOffence: ({ answers }) =>
    Boolean(answers.convicted || answers.pendingProceedings || answers.expelledOrRefused),
} satisfies Record<string, FrameGuard>;

/** The way on from the identity paper: the current visa or title, if there is one. */
const toTitle = [
  { guard: "holdsVisa", target: "visa" },
  { guard: "holdsGermanPaper", target: "titleDetails" },
  "files",
] as const;

/** Arrows of the first pages; the last of them leads to the service's own page `exit`. */
export function openingArrows<const Exit extends string>(exit: Exit) {
  return {
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
    previousStays: exit,
  } as const;
}

/** What this authority asks and offers besides. */
const toEvidence = [
  { guard: "hasExtraQuestions", target: "authorityQuestions" },
  { guard: "offersPost", target: "postalDelivery" },
  "evidence",
] as const;

/** The way on from the service's last own page. */
export const toClosing = [{ guard: "offencesAsked", target: "offences" }, ...toEvidence] as const;

/** Arrows of the last pages. */
export const closingArrows = {
  offences: [{ guard: "saidYesToOffence", target: "offenceDetails" }, ...toEvidence],
  offenceDetails: toEvidence,
  authorityQuestions: [{ guard: "offersPost", target: "postalDelivery" }, "evidence"],
  postalDelivery: "evidence",
  evidence: "review",
  review: null,
} as const;
