import type { Answers, Facts } from "#flows/engine/facts.ts";
import { ageBand } from "#flows/law/age.ts";
import { lawValue } from "#flows/law/law.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { address, contact } from "#flows/steps/contact.ts";
import { declarations, offenceDetails, offences, postalDelivery } from "#flows/steps/living.ts";
import { mrzPage } from "#flows/steps/mrz.ts";
import { association, files, noPassport, passport, passportDetails, titleDetails, visa } from "#flows/steps/papers.ts";
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

/** Who the applicant is; the first block of nearly every service. */
export const person = {
  mrz: mrzPage,
  representation,
  name,
  formerNames,
  birth,
  appearance,
  maritalStatus,
  maritalSince,
} as const;

/** Identity paper, present title or visa, earlier files. */
export const papers = { passport, passportDetails, noPassport, visa, titleDetails, files, association } as const;

/** Where the person lives and can be reached. */
export const reach = { address, contact } as const;

/** When the person came, and earlier stays. */
export const stays = { entry, previousStays } as const;

/** Pages that every residence title asks first: person, papers, address, stay. */
export const opening = { ...person, ...papers, ...reach, ...stays } as const;

/** Last pages of every service: questions of the authority, evidence, review. */
export const shortClosing = {
  authorityQuestions: { kind: "extra", section: "questions" },
  evidence: { kind: "evidence", section: "documents" },
  review: { kind: "review", section: "review", fields: declarations },
} as const;

/** The same with the card by post, for services that end with a card. */
export const cardClosing = { ...shortClosing, postalDelivery } as const;

/** The same with offences: pages that every residence title ends with. */
export const closing = { offences, offenceDetails, ...cardClosing } as const;

/** Answers of the pages that all services share, with those of the entry questions. */
export type FrameAnswers = TriageAnswers & Answers<typeof opening & typeof closing>;

/** A guard that reads nothing but what all services ask. */
type FrameGuard = (facts: Facts<FrameAnswers>) => boolean;

/** Guards on the arrows of the shared pages. */
export const frameGuards = {
  isRepresented: ({ answers, today }) =>
    (answers.applicantIs !== undefined && answers.applicantIs !== "self") || isSurelyMinor(answers.dateOfBirth, today),
  changedName: ({ answers }) => answers.nameChanged === true,
  // Nobody so young can be married (§ 1303 Satz 2 BGB); without the age everybody is asked.
  isTooYoungToMarry: ({ answers, law, today }) => {
    const age = lawValue(law, "age.marriage");
    return age !== undefined && ageBand(answers.dateOfBirth, today, age) === "below";
  },
  hasNoDateOfStatus: ({ answers }) => answers.maritalStatus === "single" || answers.maritalStatus === "unknown",
  hasNoPassport: ({ answers }) => answers.docType === "none",
  holdsVisa: ({ answers }) => isVisa(answers.currentTitleType),
  holdsGermanPaper: ({ answers }) => isGermanPaper(answers.currentTitleType),
  isTurkish: ({ answers }) => answers.nationalities?.includes("TUR") ?? false,
  offencesAsked: ({ settings }) => settings.askOffences,
  hasExtraQuestions: ({ settings }) => settings.extraQuestions.length > 0,
  offersPost: ({ settings }) => settings.postalDelivery,
  saidYesToOffence: ({ answers }) =>
    Boolean(answers.convicted || answers.pendingProceedings || answers.expelledOrRefused),
} satisfies Record<string, FrameGuard>;

/** The way on to the marital status; children are not asked for one. */
export function toMaritalStatus<const Exit extends string>(exit: Exit) {
  return [{ guard: "isTooYoungToMarry", target: exit }, "maritalStatus"] as const;
}

/** Arrows of the block on the person; it begins at `mrz` and leads to the page `exit`. */
export function personArrows<const Exit extends string>(exit: Exit) {
  return {
    mrz: "name",
    name: [{ guard: "changedName", target: "formerNames" }, "birth"],
    formerNames: "birth",
    birth: [{ guard: "isRepresented", target: "representation" }, "appearance"],
    representation: "appearance",
    appearance: toMaritalStatus(exit),
    maritalStatus: [{ guard: "hasNoDateOfStatus", target: exit }, "maritalSince"],
    maritalSince: exit,
  } as const;
}

/** The way on from the identity paper: the current visa or title, if there is one. */
const toTitle = [
  { guard: "holdsVisa", target: "visa" },
  { guard: "holdsGermanPaper", target: "titleDetails" },
  "files",
] as const;

/** Arrows of the block on papers; it begins at `passport` and leads to the page `exit`. */
export function papersArrows<const Exit extends string>(exit: Exit) {
  return {
    passport: [{ guard: "hasNoPassport", target: "noPassport" }, "passportDetails"],
    passportDetails: toTitle,
    noPassport: toTitle,
    visa: "files",
    titleDetails: "files",
    files: [{ guard: "isTurkish", target: "association" }, exit],
    association: exit,
  } as const;
}

/** Arrows of the block on address and contact; it begins at `address` and leads to the page `exit`. */
export function reachArrows<const Exit extends string>(exit: Exit) {
  return { address: "contact", contact: exit } as const;
}

/** Arrows of the block on stays; it begins at `entry` and leads to the page `exit`. */
export function staysArrows<const Exit extends string>(exit: Exit) {
  return { entry: "previousStays", previousStays: exit } as const;
}

/** Arrows of all first pages of a residence title; the last of them leads to the service's own page `exit`. */
export function openingArrows<const Exit extends string>(exit: Exit) {
  return {
    ...personArrows("passport"),
    ...papersArrows("address"),
    ...reachArrows("entry"),
    ...staysArrows(exit),
  } as const;
}

/** The way on from the last own page of a service without card and offences. */
export const toShortClosing = [{ guard: "hasExtraQuestions", target: "authorityQuestions" }, "evidence"] as const;

/** Arrows of `shortClosing`. */
export const shortClosingArrows = { authorityQuestions: "evidence", evidence: "review", review: null } as const;

/** The way on from the last own page of a service with a card and without offences. */
export const toCardClosing = [
  { guard: "hasExtraQuestions", target: "authorityQuestions" },
  { guard: "offersPost", target: "postalDelivery" },
  "evidence",
] as const;

/** Arrows of `cardClosing`. */
export const cardClosingArrows = {
  authorityQuestions: [{ guard: "offersPost", target: "postalDelivery" }, "evidence"],
  postalDelivery: "evidence",
  evidence: "review",
  review: null,
} as const;

/** The way on from the last own page of a residence title. */
export const toClosing = [{ guard: "offencesAsked", target: "offences" }, ...toCardClosing] as const;

/** Arrows of `closing`. */
export const closingArrows = {
  offences: [{ guard: "saidYesToOffence", target: "offenceDetails" }, ...toCardClosing],
  offenceDetails: toCardClosing,
  ...cardClosingArrows,
} as const;
