import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { WorkSituation } from "#flows/law/situations/work.ts";
import { conditionClosing, conditionOpening, conditionOpeningArrows } from "#flows/services/conditions/frame.ts";
import type { Service } from "#flows/services/service.ts";
import { frameGuards, shortClosingArrows, toShortClosing } from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { employmentWish } from "#flows/steps/conditions.ts";
import { employer, employerContact, job } from "#flows/steps/work.ts";

const steps = { ...conditionOpening, employmentWish, employer, employerContact, job, ...conditionClosing } as const;

type EmploymentAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "C-WORK",
  initial: "mrz",
  steps,
  guards: frameGuards,
  next: {
    ...conditionOpeningArrows("employmentWish"),
    employmentWish: "employer",
    employer: "employerContact",
    employerContact: "job",
    job: toShortClosing,
    ...shortClosingArrows,
  },
});

/** Permission to work, or another employer than the title names (§ 4a AufenthG, §§ 31, 32 BeschV). */
export const employmentCondition: Service = {
  id: "C-WORK",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as EmploymentAnswers;
    const work = known<WorkSituation>({
      regulatedProfession: answers.regulatedProfession,
      start: answers.jobStart,
      end: answers.jobEnd,
    });
    return situationOf("C-WORK", answers, { work });
  },
};
