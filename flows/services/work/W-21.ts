import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import {
  closing,
  closingArrows,
  frameGuards,
  opening,
  openingArrows,
  toClosing,
} from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { meansSituation } from "#flows/services/shared/means.ts";
import type { Service } from "#flows/services/service.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { workSituation } from "#flows/services/work/frame.ts";
import { family } from "#flows/steps/family.ts";
import { healthInsurance } from "#flows/steps/living.ts";
import { funding } from "#flows/steps/means.ts";
import { completion } from "#flows/steps/search.ts";
import { business, freelance, selfEmploymentKind } from "#flows/steps/selfEmployment.ts";

const steps = {
  ...opening,
  family,
  selfEmploymentKind,
  founderDegree: completion,
  business,
  freelance,
  healthInsurance,
  funding,
  ...closing,
} as const;

type BusinessAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "W-21",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    worksFreelance: ({ answers }) => answers.selfEmployment === "freelance",
    foundsAsGraduate: ({ answers }) => answers.selfEmployment === "graduate",
  },
  next: {
    ...openingArrows("family"),
    family: "selfEmploymentKind",
    selfEmploymentKind: [
      { guard: "worksFreelance", target: "freelance" },
      { guard: "foundsAsGraduate", target: "founderDegree" },
      "business",
    ],
    founderDegree: "business",
    business: "healthInsurance",
    freelance: "healthInsurance",
    healthInsurance: "funding",
    funding: toClosing,
    ...closingArrows,
  },
});

/** Residence permit for self-employed work, a business or freelance (§ 21 AufenthG). */
export const selfEmployment: Service = {
  id: "W-21",
  version: "1.0.0",
  leika: leika.work,
  flow,
  situation: (facts) => {
    const answers = facts.answers as BusinessAnswers;
    const work = workSituation(answers, { selfEmployment: answers.selfEmployment });
    return situationOf("W-21", answers, { ...meansSituation(answers), work });
  },
};
