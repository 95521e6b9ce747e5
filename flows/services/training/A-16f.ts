import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { TrainingSituation } from "#flows/law/situations/training.ts";
import { frameGuards, opening, openingArrows } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { meansClosing, meansClosingArrows, meansGuards, meansSituation } from "#flows/services/shared/means.ts";
import type { Service } from "#flows/services/service.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import { known } from "#flows/services/shared/known.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { family } from "#flows/steps/family.ts";
import { germanKnowledge } from "#flows/steps/language.ts";
import { languageCourse, schoolStay } from "#flows/steps/school.ts";

const steps = { ...opening, family, languageCourse, schoolStay, germanKnowledge, ...meansClosing } as const;

type SchoolAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "A-16f",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    ...meansGuards,
    goesToSchool: ({ answers }) => answers.studyGoal === "school",
  },
  next: {
    ...openingArrows("family"),
    family: [{ guard: "goesToSchool", target: "schoolStay" }, "languageCourse"],
    languageCourse: "germanKnowledge",
    schoolStay: "germanKnowledge",
    germanKnowledge: "healthInsurance",
    ...meansClosingArrows,
  },
});

function stayOf({ studyGoal, schoolStay: kind }: SchoolAnswers): TrainingSituation["stay"] {
  if (studyGoal === "languageCourse") return "languageCourse";
  return kind && (kind === "exchange" ? "exchange" : "school");
}

/** Residence permit for a language course, a school exchange, or school (§ 16f AufenthG). */
export const courseOrSchool: Service = {
  id: "A-16f",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as SchoolAnswers;
    return situationOf("A-16f", answers, {
      ...meansSituation(answers),
      training: known<TrainingSituation>({
        stay: stayOf(answers),
        courseHours: answers.courseHours,
        grade: answers.schoolGrade,
        germanLevel: answers.germanLevel,
      }),
    });
  },
};
