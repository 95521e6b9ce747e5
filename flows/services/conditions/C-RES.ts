import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";
import { conditionClosing, conditionOpening, conditionOpeningArrows } from "#flows/services/conditions/frame.ts";
import type { Service } from "#flows/services/service.ts";
import { frameGuards, shortClosingArrows, toShortClosing } from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import {
  movingCourse,
  movingFamily,
  movingHardship,
  movingJob,
  newFlat,
  newFlatDetails,
  residenceObligation,
  residenceReason,
} from "#flows/steps/conditions.ts";
import { livelihood } from "#flows/steps/living.ts";

const steps = {
  ...conditionOpening,
  residenceObligation,
  residenceReason,
  movingJob,
  movingCourse,
  movingFamily,
  movingHardship,
  newFlat,
  newFlatDetails,
  livelihood,
  ...conditionClosing,
} as const;

type ResidenceAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "C-RES",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    movesForJob: ({ answers }) => answers.residenceReason === "job",
    movesForFamily: ({ answers }) => answers.residenceReason === "family",
    movesForHardship: ({ answers }) => answers.residenceReason === "hardship",
    hasNewFlat: ({ answers }) => answers.hasNewFlat === true,
  },
  next: {
    ...conditionOpeningArrows("residenceObligation"),
    residenceObligation: "residenceReason",
    residenceReason: [
      { guard: "movesForJob", target: "movingJob" },
      { guard: "movesForFamily", target: "movingFamily" },
      { guard: "movesForHardship", target: "movingHardship" },
      "movingCourse",
    ],
    movingJob: "newFlat",
    movingCourse: "newFlat",
    movingFamily: "newFlat",
    movingHardship: "newFlat",
    newFlat: [{ guard: "hasNewFlat", target: "newFlatDetails" }, "livelihood"],
    newFlatDetails: "livelihood",
    livelihood: toShortClosing,
    ...shortClosingArrows,
  },
});

/** End or change of the obligation to live in a place (§ 12a Abs. 5 AufenthG). */
export const residenceCondition: Service = {
  id: "C-RES",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as ResidenceAnswers;
    const other = known<OtherSituation>({
      residenceReason: answers.residenceReason,
      movingWeeklyHours: answers.movingWeeklyHours,
      movingNetCents: answers.movingNetMonthly,
      hasNewFlat: answers.hasNewFlat,
    });
    return situationOf("C-RES", answers, { other });
  },
};
