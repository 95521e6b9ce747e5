import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { documentOpening, documentOpeningArrows } from "#flows/services/documents/frame.ts";
import { travelArrows, travelClosing, travelGuards, travelSituation } from "#flows/services/documents/travel.ts";
import type { Service } from "#flows/services/service.ts";
import { frameGuards, shortClosingArrows } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { statelessness } from "#flows/steps/travelDocuments.ts";

const steps = { ...documentOpening, statelessness, ...travelClosing } as const;

const flow = defineFlow<TriageAnswers>()({
  id: "D-RA-S",
  initial: "mrz",
  steps,
  guards: { ...frameGuards, ...travelGuards },
  next: {
    ...documentOpeningArrows("statelessness"),
    statelessness: "earlierDocument",
    ...travelArrows,
    ...shortClosingArrows,
  },
});

/** Travel document for stateless people (Art. 28 of the Stateless Convention, § 4 AufenthV). */
export const statelessTravelDocument: Service = {
  id: "D-RA-S",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    return situationOf("D-RA-S", answers, travelSituation(answers, facts.today));
  },
};
