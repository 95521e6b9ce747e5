import { defineFlow } from "#flows/engine/flow.ts";
import type { Answers } from "#flows/engine/facts.ts";
import { lawDay, type Law } from "#flows/law/law.ts";
import { hasFreeMovement } from "#flows/law/nationals.ts";
import { isPermit, isUkrainian, isWithoutProtectionRight } from "#flows/law/situations/ukraine.ts";
import * as pages from "#flows/steps/triage.ts";
import { isForPurpose, isLimitedTitle, isToldByPaper } from "#flows/steps/titles.ts";
import * as refuge from "#flows/steps/ukraine.ts";

const steps = {
  place: pages.place,
  applicant: pages.applicant,
  nationality: pages.nationality,
  ukraine: refuge.ukraine,
  ukraineRight: refuge.ukraineRight,
  ukraineTitle: refuge.ukraineTitle,
  ukraineArrival: refuge.ukraineArrival,
  withdrawalAgreement: pages.withdrawalAgreement,
  euFamily: pages.euFamily,
  freeMovementPurpose: pages.freeMovementPurpose,
  currentTitle: pages.currentTitle,
  otherState: pages.otherState,
  titleValidity: pages.titleValidity,
  request: pages.request,
  settlementPurpose: pages.settlementPurpose,
  conditionPurpose: pages.conditionPurpose,
  cardPurpose: pages.cardPurpose,
  documentPurpose: pages.documentPurpose,
  certificatePurpose: pages.certificatePurpose,
  purpose: pages.purpose,
  workPurpose: pages.workPurpose,
  studyPurpose: pages.studyPurpose,
  familyPurpose: pages.familyPurpose,
  protectionPurpose: pages.protectionPurpose,
  opportunityTarget: pages.opportunityTarget,
  changes: pages.changes,
  result: { kind: "result", section: "start" },
} as const;

/** Answers of the entry questions T1 to T10 (domain 1.1). */
export type TriageAnswers = Answers<typeof steps>;

/** True for whoever wants a paper that shows free movement. */
function wantsFreeMovementPaper({ freeMovementGoal, livedHereBefore2021 }: TriageAnswers): boolean {
  return livedHereBefore2021 === true || (freeMovementGoal !== undefined && freeMovementGoal !== "nothing");
}

/** Wants something besides the protection: another condition, card or title (domain 3.1: U6; 3.5). */
export function wantsOtherTitle({ protectionTitle }: TriageAnswers): boolean {
  return protectionTitle === "continuingOther" || protectionTitle === "otherTitle";
}

/** Holds a title by § 24 AufenthG that continues by ordinance, and wants nothing else (UkraineAufenthFGV). */
export function titleContinues({ protectionTitle, fledUkraine }: TriageAnswers, law: Law): boolean {
  const isEnough = protectionTitle === "continuing" || (protectionTitle === "continuingOther" && !fledUkraine);
  return isEnough && lawDay(law, "date.ukraineContinuation") !== undefined;
}

/** The entry questions; the last page names the service, the likely legal basis, fee, evidence, deadline and authority. */
export const triage = defineFlow()({
  id: "triage",
  initial: "place",
  steps,
  guards: {
    filesForOwnSake: ({ answers }) => answers.applicantIs === "employee" || answers.applicantIs === "guest",
    isUkrainian: ({ answers }) => isUkrainian(answers.nationalities),
    isGerman: ({ answers }) => answers.nationalities?.includes("DEU") ?? false,
    isBritish: ({ answers }) => answers.nationalities?.includes("GBR") ?? false,
    isUnionCitizen: ({ answers }) => hasFreeMovement(answers.nationalities ?? []),
    isUnionFamily: ({ answers }) => answers.familyOf === "euCitizen",
    hasAgreementRights: ({ answers }) => answers.livedHereBefore2021 === true,
    wantsNoPaper: ({ answers }) => answers.freeMovementGoal === "nothing",
    wantsFreeMovementPaper: ({ answers }) => wantsFreeMovementPaper(answers),
    needsProtectionService: ({ answers }) => answers.fledUkraine === true,
    // A pending application and titles without an end are told about before protection.
    fledWithoutTitle: ({ answers }) =>
      answers.fledUkraine === true && !isToldByPaper(answers.currentTitleType, "first"),
    fledWithPermit: ({ answers }) => answers.fledUkraine === true && isPermit(answers.currentTitleType),
    titleContinues: ({ answers, law }) => titleContinues(answers, law),
    wantsOtherTitle: ({ answers }) => answers.fledUkraine === true && wantsOtherTitle(answers),
    isOfOtherState: ({ answers }) => answers.protectionGoal === "ukraine" && !isUkrainian(answers.nationalities),
    cameFromUkraine: ({ answers }) => answers.protectionGoal === "ukraine",
    // Whoever fled has said it already.
    cameWithPermit: ({ answers }) =>
      answers.protectionGoal === "ukraine" && answers.fledUkraine !== true && isPermit(answers.currentTitleType),
    lacksProtectionRight: ({ answers }) => isWithoutProtectionRight(answers.ukraineRight),
    holdsTitleOfOtherState: ({ answers }) => answers.currentTitleType === "otherEuTitle",
    holdsLimitedTitle: ({ answers }) => isLimitedTitle(answers.currentTitleType),
    isToldByPaper: ({ answers }) => isToldByPaper(answers.currentTitleType, answers.request),
    isForPurpose: ({ answers }) => isForPurpose(answers.request),
    wantsSettlement: ({ answers }) => answers.request === "permanent",
    wantsCondition: ({ answers }) => answers.request === "condition",
    wantsCard: ({ answers }) => answers.request === "card",
    wantsDocument: ({ answers }) => answers.request === "travelDocument",
    isWork: ({ answers }) => answers.purpose === "work",
    isStudy: ({ answers }) => answers.purpose === "study",
    isForeignersFamily: ({ answers }) => answers.purpose === "family" && answers.familyOf !== "german",
    isProtection: ({ answers }) => answers.purpose === "protection",
    hasOpportunityRight: ({ answers }) => answers.protectionGoal === "opportunityRight",
  },
  next: {
    place: "applicant",
    applicant: [{ guard: "filesForOwnSake", target: "result" }, "nationality"],
    nationality: [
      { guard: "isGerman", target: "result" },
      { guard: "isUkrainian", target: "ukraine" },
      { guard: "isBritish", target: "withdrawalAgreement" },
      { guard: "isUnionCitizen", target: "freeMovementPurpose" },
      "euFamily",
    ],
    ukraine: [{ guard: "needsProtectionService", target: "currentTitle" }, "euFamily"],
    ukraineRight: [
      { guard: "lacksProtectionRight", target: "result" },
      { guard: "cameWithPermit", target: "ukraineTitle" },
      "ukraineArrival",
    ],
    ukraineTitle: [
      { guard: "titleContinues", target: "result" },
      { guard: "wantsOtherTitle", target: "request" },
      "ukraineArrival",
    ],
    ukraineArrival: "result",
    withdrawalAgreement: [{ guard: "hasAgreementRights", target: "currentTitle" }, "euFamily"],
    euFamily: [{ guard: "isUnionFamily", target: "freeMovementPurpose" }, "currentTitle"],
    freeMovementPurpose: [{ guard: "wantsNoPaper", target: "result" }, "currentTitle"],
    currentTitle: [
      { guard: "holdsTitleOfOtherState", target: "otherState" },
      { guard: "holdsLimitedTitle", target: "titleValidity" },
      { guard: "wantsFreeMovementPaper", target: "result" },
      { guard: "fledWithoutTitle", target: "ukraineArrival" },
      "request",
    ],
    otherState: "titleValidity",
    titleValidity: [
      { guard: "wantsFreeMovementPaper", target: "result" },
      { guard: "fledWithPermit", target: "ukraineTitle" },
      { guard: "fledWithoutTitle", target: "ukraineArrival" },
      "request",
    ],
    request: [
      { guard: "isToldByPaper", target: "result" },
      { guard: "isForPurpose", target: "purpose" },
      { guard: "wantsSettlement", target: "settlementPurpose" },
      { guard: "wantsCondition", target: "conditionPurpose" },
      { guard: "wantsCard", target: "cardPurpose" },
      { guard: "wantsDocument", target: "documentPurpose" },
      "certificatePurpose",
    ],
    settlementPurpose: "result",
    conditionPurpose: "result",
    cardPurpose: "result",
    documentPurpose: "result",
    certificatePurpose: "result",
    purpose: [
      { guard: "isWork", target: "workPurpose" },
      { guard: "isStudy", target: "studyPurpose" },
      { guard: "isForeignersFamily", target: "familyPurpose" },
      { guard: "isProtection", target: "protectionPurpose" },
      "changes",
    ],
    workPurpose: "changes",
    studyPurpose: "changes",
    familyPurpose: "changes",
    protectionPurpose: [
      { guard: "hasOpportunityRight", target: "opportunityTarget" },
      { guard: "isOfOtherState", target: "ukraineRight" },
      { guard: "cameWithPermit", target: "ukraineTitle" },
      { guard: "cameFromUkraine", target: "ukraineArrival" },
      "changes",
    ],
    opportunityTarget: "changes",
    changes: "result",
    result: null,
  },
});
