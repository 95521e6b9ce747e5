import type { Answers } from "#flows/engine/facts.ts";
import { addMonths } from "#flows/engine/dates.ts";
import { lawValue } from "#flows/law/law.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { Service } from "#flows/services/service.ts";
import {
  qualificationOf,
  workClosing,
  workClosingArrows,
  workGuards,
  workOpening,
  workOpeningArrows,
  workSituation,
} from "#flows/services/work/frame.ts";
import { earlyEmployerChange } from "#flows/steps/skilled.ts";
import { degreeDetails, itExperience, otherBlueCard, pay, qualification, recognition } from "#flows/steps/work.ts";

const steps = {
  ...workOpening,
  earlyEmployerChange,
  pay,
  qualification,
  degreeDetails,
  recognition,
  itExperience,
  otherBlueCard,
  ...workClosing,
} as const;

type BlueCardAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "W-18g",
  initial: "mrz",
  steps,
  guards: {
    ...workGuards,
    changedEmployer: ({ answers }) => answers.employerChanged === true,
    hasNoDegree: ({ answers }) => answers.degree === "none",
    hasForeignDegree: ({ answers }) => answers.degree === "foreign",
  },
  next: {
    ...workOpeningArrows("pay"),
    employerChange: [{ guard: "changedEmployer", target: "earlyEmployerChange" }, "employer"],
    earlyEmployerChange: "employer",
    pay: "qualification",
    qualification: [{ guard: "hasNoDegree", target: "itExperience" }, "degreeDetails"],
    degreeDetails: [{ guard: "hasForeignDegree", target: "recognition" }, "otherBlueCard"],
    recognition: "otherBlueCard",
    itExperience: "otherBlueCard",
    otherBlueCard: "healthInsurance",
    ...workClosingArrows,
  },
});

/** EU Blue Card for work that matches a degree (§ 18g AufenthG). */
export const blueCard: Service = {
  id: "W-18g",
  version: "1.2.0",
  leika: leika.blueCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as BlueCardAnswers;
    const { degreeDate, isItJob, itExperienceYears = 0 } = answers;
    const newGraduateMonths = lawValue(facts.law, "period.newGraduate");
    const itYears = lawValue(facts.law, "period.experienceIt");
    const isDated = degreeDate !== undefined && newGraduateMonths !== undefined;
    const work = workSituation(answers, {
      annualGrossCents: answers.grossAnnual,
      degree: qualificationOf(answers.degree, answers.recognitionStatus),
      newGraduate: isDated ? facts.today <= addMonths(degreeDate, newGraduateMonths) : undefined,
      shortageOccupation: { yes: true, no: false, unsure: undefined }[answers.shortageOccupation ?? "unsure"],
      itJob: isItJob,
      itWithoutDegree:
        isItJob === undefined || itYears === undefined ? undefined : isItJob && itExperienceYears >= itYears,
      otherBlueCard: answers.holdsOtherBlueCard,
    });
    return situationOf("W-18g", answers, { work });
  },
};
