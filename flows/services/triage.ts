import { defineFlow } from "#flows/engine/flow.ts";
import type { Answers } from "#flows/engine/facts.ts";
import {
  applicant,
  changes,
  currentTitle,
  euFamily,
  nationality,
  otherState,
  place,
  purpose,
  request,
  studyPurpose,
  titleValidity,
  ukraine,
  workPurpose,
} from "#flows/steps/triage.ts";
import { isLimitedTitle } from "#flows/steps/titles.ts";

const steps = {
  place,
  applicant,
  nationality,
  ukraine,
  euFamily,
  currentTitle,
  otherState,
  titleValidity,
  request,
  purpose,
  workPurpose,
  studyPurpose,
  changes,
  result: { kind: "result", section: "start" },
} as const;

/** Answers of the entry questions T1 to T10 (domain 1.1). */
export type TriageAnswers = Answers<typeof steps>;

/** The entry questions; the last page names the service, the likely legal basis, fee, evidence, deadline and authority. */
export const triage = defineFlow()({
  id: "triage",
  initial: "place",
  steps,
  guards: {
    isUkrainian: ({ answers }) => answers.nationalities?.includes("UKR") ?? false,
    isGerman: ({ answers }) => answers.nationalities?.includes("DEU") ?? false,
    needsProtectionService: ({ answers }) => answers.fledUkraine === true,
    holdsTitleOfOtherState: ({ answers }) => answers.currentTitleType === "otherEuTitle",
    holdsLimitedTitle: ({ answers }) => isLimitedTitle(answers.currentTitleType),
    asksForPurpose: ({ answers }) => ["first", "extension", "change"].includes(answers.request ?? ""),
    isWork: ({ answers }) => answers.purpose === "work",
    isStudy: ({ answers }) => answers.purpose === "study",
  },
  next: {
    place: "applicant",
    applicant: "nationality",
    nationality: [{ guard: "isGerman", target: "result" }, { guard: "isUkrainian", target: "ukraine" }, "euFamily"],
    ukraine: [{ guard: "needsProtectionService", target: "result" }, "euFamily"],
    euFamily: "currentTitle",
    currentTitle: [
      { guard: "holdsTitleOfOtherState", target: "otherState" },
      { guard: "holdsLimitedTitle", target: "titleValidity" },
      "request",
    ],
    otherState: "titleValidity",
    titleValidity: "request",
    request: [{ guard: "asksForPurpose", target: "purpose" }, "changes"],
    purpose: [{ guard: "isWork", target: "workPurpose" }, { guard: "isStudy", target: "studyPurpose" }, "changes"],
    workPurpose: "changes",
    studyPurpose: "changes",
    changes: "result",
    result: null,
  },
});
