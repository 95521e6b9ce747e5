import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { protectionFacts } from "#flows/services/protection/frame.ts";
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
import { family } from "#flows/steps/family.ts";
import { livelihood } from "#flows/steps/living.ts";
import { school, tolerated, unbrokenStay } from "#flows/steps/protection.ts";

const steps = { ...opening, family, unbrokenStay, tolerated, school, livelihood, ...closing } as const;

type YouthAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "H-25a",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    holdsToleration: ({ answers }) => answers.currentTitleType === "duldung",
  },
  next: {
    ...openingArrows("family"),
    family: "unbrokenStay",
    unbrokenStay: [{ guard: "holdsToleration", target: "tolerated" }, "school"],
    tolerated: "school",
    school: "livelihood",
    livelihood: toClosing,
    ...closingArrows,
  },
});

/** Residence permit of young people who have settled in well (§ 25a AufenthG). */
export const integratedYouth: Service = {
  id: "H-25a",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as YouthAnswers;
    return situationOf("H-25a", answers, {
      protection: protectionFacts(answers, {
        stayingSince: answers.stayingSince,
        toleratedSince: answers.toleratedSince,
        school: answers.schoolState,
        schoolSince: answers.schoolSince,
      }),
    });
  },
};
