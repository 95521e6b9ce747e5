import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { frameGuards, opening, openingArrows } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import type { Service } from "#flows/services/service.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { workClosing, workClosingArrows, workSituation } from "#flows/services/work/frame.ts";
import { family } from "#flows/steps/family.ts";
import { voluntaryHost, voluntaryService } from "#flows/steps/volunteering.ts";
import { employerContact } from "#flows/steps/work.ts";

const steps = { ...opening, family, voluntaryHost, employerContact, voluntaryService, ...workClosing } as const;

type VolunteerAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "W-19e",
  initial: "mrz",
  steps,
  guards: frameGuards,
  next: {
    ...openingArrows("family"),
    family: "voluntaryHost",
    voluntaryHost: "employerContact",
    employerContact: "voluntaryService",
    voluntaryService: "healthInsurance",
    ...workClosingArrows,
  },
});

/** Residence permit for the European voluntary service (§ 19e AufenthG). */
export const voluntaryWork: Service = {
  id: "W-19e",
  version: "1.0.0",
  leika: leika.work,
  flow,
  situation: (facts) => {
    const answers = facts.answers as VolunteerAnswers;
    return situationOf("W-19e", answers, { work: workSituation(answers, {}) });
  },
};
