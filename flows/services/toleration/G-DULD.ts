import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";
import type { Service } from "#flows/services/service.ts";
import { frameGuards, shortClosingArrows, toShortClosing } from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import { tolerationClosing, tolerationOpening, tolerationOpeningArrows } from "#flows/services/toleration/frame.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { livelihood } from "#flows/steps/living.ts";
import { currentJob } from "#flows/steps/means.ts";
import { entry } from "#flows/steps/stay.ts";
import { toleratedTraining, tolerationDetails, tolerationHealth, tolerationReason } from "#flows/steps/toleration.ts";
import { passportEfforts } from "#flows/steps/travelDocuments.ts";

const steps = {
  ...tolerationOpening,
  tolerationReason,
  passportEfforts,
  toleratedTraining,
  entry,
  currentJob,
  tolerationHealth,
  tolerationDetails,
  livelihood,
  ...tolerationClosing,
} as const;

const flow = defineFlow<TriageAnswers>()({
  id: "G-DULD",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    staysWithoutPassport: ({ answers }) => answers.tolerationReason === "noPassport",
    staysForTraining: ({ answers }) => answers.tolerationReason === "training",
    staysForJob: ({ answers }) => answers.tolerationReason === "job",
    staysForHealth: ({ answers }) => answers.tolerationReason === "health",
  },
  next: {
    ...tolerationOpeningArrows("tolerationReason"),
    tolerationReason: [
      { guard: "staysWithoutPassport", target: "passportEfforts" },
      { guard: "staysForTraining", target: "toleratedTraining" },
      // The toleration for a job asks for an early entry (§ 60d Abs. 1 AufenthG); nobody else is asked for it.
      { guard: "staysForJob", target: "entry" },
      { guard: "staysForHealth", target: "tolerationHealth" },
      "tolerationDetails",
    ],
    passportEfforts: "livelihood",
    toleratedTraining: "livelihood",
    entry: "currentJob",
    currentJob: "livelihood",
    tolerationHealth: "livelihood",
    tolerationDetails: "livelihood",
    livelihood: toShortClosing,
    ...shortClosingArrows,
  },
});

/** More time for a toleration (§§ 60a to 60d AufenthG). */
export const toleration: Service = {
  id: "G-DULD",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    const other = known<OtherSituation>({
      tolerationReason: answers.tolerationReason,
      trainingStart: answers.toleratedTrainingStart,
    });
    return situationOf("G-DULD", answers, { other });
  },
};
