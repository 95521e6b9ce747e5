import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { frameGuards, opening, openingArrows } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { meansClosing, meansClosingArrows, meansGuards, meansSituation } from "#flows/services/shared/means.ts";
import type { Service } from "#flows/services/service.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { family } from "#flows/steps/family.ts";
import { studyCourse, studyDelay, studyLanguage, studyPlace, studyProgress } from "#flows/steps/study.ts";

const steps = {
  ...opening,
  family,
  studyPlace,
  studyCourse,
  studyProgress,
  studyDelay,
  studyLanguage,
  ...meansClosing,
} as const;

type StudyAnswers = Answers<typeof steps> & TriageAnswers;

/** True if the aim is farther away than planned, `undefined` before the question. */
function isDelayed({ studyOnTime, studyInterrupted, subjectChanged }: StudyAnswers): boolean | undefined {
  return studyOnTime === undefined ? undefined : !studyOnTime || studyInterrupted === true || subjectChanged === true;
}

const flow = defineFlow<TriageAnswers>()({
  id: "A-16b",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    ...meansGuards,
    isExtension: ({ answers }) => answers.request === "extension",
    studiesLonger: ({ answers }) => isDelayed(answers) === true,
  },
  next: {
    ...openingArrows("family"),
    family: "studyPlace",
    studyPlace: "studyCourse",
    studyCourse: [{ guard: "isExtension", target: "studyProgress" }, "studyLanguage"],
    studyProgress: [{ guard: "studiesLonger", target: "studyDelay" }, "studyLanguage"],
    studyDelay: "studyLanguage",
    studyLanguage: "healthInsurance",
    ...meansClosingArrows,
  },
});

/** Residence permit for studies and what prepares for them (§ 16b AufenthG). */
export const study: Service = {
  id: "A-16b",
  version: "1.1.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as StudyAnswers;
    const studyDelayed = isDelayed(answers);
    return situationOf("A-16b", answers, {
      ...meansSituation(answers),
      ...(studyDelayed === undefined ? {} : { studyDelayed }),
    });
  },
};
