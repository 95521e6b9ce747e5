import type { IsoDate } from "#flows/engine/dates.ts";
import type { Answers, Facts } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { lawDay, type Law } from "#flows/law/law.ts";
import type { RequestKind } from "#flows/law/situation.ts";
import { isPermit, type UkraineSituation } from "#flows/law/situations/ukraine.ts";
import type { Service } from "#flows/services/service.ts";
import {
  cardClosing,
  cardClosingArrows,
  frameGuards,
  papers,
  person,
  personArrows,
  toCardClosing,
} from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { contact } from "#flows/steps/contact.ts";
import { family } from "#flows/steps/family.ts";
import { flight, identityPaper, latinDocument, latinName, originalName, refugeAddress } from "#flows/steps/refuge.ts";
import { entry } from "#flows/steps/stay.ts";

const { passportDetails, visa, titleDetails, files } = papers;
const steps = {
  latinDocument,
  originalName,
  latinName,
  ...person,
  identityPaper,
  passportDetails,
  visa,
  titleDetails,
  files,
  refugeAddress,
  contact,
  entry,
  flight,
  family,
  ...cardClosing,
} as const;

type RefugeAnswers = Answers<typeof steps> & TriageAnswers;

/** The way on from the identity paper: the present title, and numbers of those who have been registered. */
const toTitle = [
  { guard: "holdsVisa", target: "visa" },
  { guard: "holdsGermanPaper", target: "titleDetails" },
  { guard: "isRegistered", target: "files" },
  "refugeAddress",
] as const;

// Neither livelihood nor insurance nor offences: protection depends on none of them (§ 24 AufenthG, domain 3.2).
const flow = defineFlow<TriageAnswers>()({
  id: "H-24",
  initial: "latinDocument",
  steps,
  guards: {
    ...frameGuards,
    hasNoLatinName: ({ answers }) => answers.latinDocument === false,
    hasNumberedPaper: ({ answers }) =>
      answers.identityDocType !== "birthCertificate" && answers.identityDocType !== "none",
    isRegistered: ({ answers }) => answers.arrivalRegistered === true,
  },
  next: {
    latinDocument: [{ guard: "hasNoLatinName", target: "originalName" }, "mrz"],
    originalName: "latinName",
    latinName: [{ guard: "changedName", target: "formerNames" }, "birth"],
    ...personArrows("identityPaper"),
    identityPaper: [{ guard: "hasNumberedPaper", target: "passportDetails" }, ...toTitle],
    passportDetails: toTitle,
    visa: "files",
    titleDetails: "files",
    files: "refugeAddress",
    refugeAddress: "contact",
    contact: "entry",
    entry: "flight",
    flight: "family",
    family: toCardClosing,
    ...cardClosingArrows,
  },
});

/** What is wanted, as far as only the present title tells it. */
function requestOf({ request, protectionTitle, currentTitleType }: RefugeAnswers): RequestKind {
  if (request !== undefined) return request;
  if (!isPermit(currentTitleType)) return "first";
  return protectionTitle === "otherToProtection" ? "change" : "extension";
}

/** The entry from which the time without a title counts: the first one since the war began (UkraineAufenthÜV). */
function entryOf({ entryDateFirst, entryDateCurrent }: RefugeAnswers, law: Law): IsoDate | undefined {
  const war = lawDay(law, "date.ukraineWar");
  const isFirst = entryDateFirst !== undefined && war !== undefined && entryDateFirst >= war;
  return isFirst ? entryDateFirst : entryDateCurrent;
}

function ukraineFacts(answers: RefugeAnswers, { settings }: Facts): UkraineSituation {
  const { protectionElsewhere: ties, sex, careOfMinor } = answers;
  return known<UkraineSituation>({
    right: answers.ukraineRight,
    isRegistered: answers.arrivalRegistered,
    isTiedElsewhere: ties?.some((tie) => tie !== "none" && tie !== "asylum"),
    holdsOtherTitle: answers.protectionTitle === "otherToProtection",
    leftOn: answers.leftUkraineOn,
    isWithRelative: careOfMinor === "relative",
    isMilitaryAsked: settings.militaryQuestion === true ? (sex === undefined ? undefined : sex === "m") : false,
  });
}

/** Residence permit for temporary protection of people from Ukraine (§ 24 Abs. 1 AufenthG). */
export const temporaryProtection: Service = {
  id: "H-24",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as RefugeAnswers;
    const entered = entryOf(answers, facts.law);
    return situationOf("H-24", answers, {
      request: requestOf(answers),
      ...(entered === undefined ? {} : { entry: entered }),
      ukraine: ukraineFacts(answers, facts),
    });
  },
};
