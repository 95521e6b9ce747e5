import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { ageBand } from "#flows/law/age.ts";
import { lawValue } from "#flows/law/law.ts";
import { familyFacts, sponsor, sponsorArrows, sponsorFacts, sponsorGuards } from "#flows/services/family/frame.ts";
import type { Service } from "#flows/services/service.ts";
import {
  closing,
  closingArrows,
  frameGuards,
  opening,
  openingArrows,
  toClosing,
} from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { germanKnowledge } from "#flows/steps/language.ts";
import { healthInsurance } from "#flows/steps/living.ts";
import { incomes, isOnBenefits } from "#flows/steps/means.ts";
import { custody } from "#flows/steps/reference.ts";

const steps = { ...opening, ...sponsor, custody, germanKnowledge, healthInsurance, incomes, ...closing } as const;

type ChildAnswers = Answers<typeof steps> & TriageAnswers;

// Room is no condition of an extension (§ 34 Abs. 1 AufenthG).
const flow = defineFlow<TriageAnswers>()({
  id: "FAM-34",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    ...sponsorGuards,
    isOfAge: ({ answers, law, today }) => {
      const majority = lawValue(law, "age.majority");
      return majority !== undefined && ageBand(answers.dateOfBirth, today, majority) === "reached";
    },
  },
  next: {
    ...openingArrows("referencePerson"),
    ...sponsorArrows([{ guard: "isOfAge", target: "germanKnowledge" }, "custody"]),
    custody: "healthInsurance",
    germanKnowledge: "healthInsurance",
    healthInsurance: "incomes",
    incomes: toClosing,
    ...closingArrows,
  },
});

/** Extension of a child's residence permit, from 18 on as a right of its own (§ 34 AufenthG). */
export const childExtension: Service = {
  id: "FAM-34",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as ChildAnswers;
    return situationOf("FAM-34", answers, {
      onBenefits: isOnBenefits(answers.incomeSources),
      family: familyFacts({ ...sponsorFacts(answers), relation: "child", custody: answers.custody }),
    });
  },
};
