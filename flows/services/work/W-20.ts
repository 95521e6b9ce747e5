import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { frameGuards, opening, openingArrows } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { meansClosing, meansClosingArrows, meansGuards, meansSituation } from "#flows/services/shared/means.ts";
import type { Service } from "#flows/services/service.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { family } from "#flows/steps/family.ts";
import { completion, searchExit } from "#flows/steps/search.ts";

const steps = { ...opening, family, searchExit, completion, ...meansClosing } as const;

type SearchAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "W-20",
  initial: "mrz",
  steps,
  guards: { ...frameGuards, ...meansGuards },
  next: {
    ...openingArrows("family"),
    family: "searchExit",
    searchExit: "completion",
    completion: "healthInsurance",
    ...meansClosingArrows,
  },
});

/** Residence permit to look for work after studies, research, training or recognition (§ 20 AufenthG). */
export const jobSearch: Service = {
  id: "W-20",
  version: "1.1.0",
  leika: leika.work,
  flow,
  situation: (facts) => {
    const answers = facts.answers as SearchAnswers;
    const { searchAfter } = answers;
    return situationOf("W-20", answers, {
      ...meansSituation(answers),
      ...(searchAfter === undefined ? {} : { searchAfter }),
    });
  },
};
