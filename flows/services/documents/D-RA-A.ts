import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { documentOpening, documentOpeningArrows } from "#flows/services/documents/frame.ts";
import { travelArrows, travelClosing, travelGuards, travelSituation } from "#flows/services/documents/travel.ts";
import type { Service } from "#flows/services/service.ts";
import { frameGuards, shortClosingArrows } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { protectionStatus } from "#flows/steps/cards.ts";
import { documentReason, passportEfforts } from "#flows/steps/travelDocuments.ts";

const steps = {
  ...documentOpening,
  protectionStatus,
  passportEfforts,
  documentReason,
  ...travelClosing,
} as const;

const flow = defineFlow<TriageAnswers>()({
  id: "D-RA-A",
  initial: "mrz",
  steps,
  guards: { ...frameGuards, ...travelGuards },
  next: {
    ...documentOpeningArrows("protectionStatus"),
    protectionStatus: "passportEfforts",
    passportEfforts: "documentReason",
    documentReason: "earlierDocument",
    ...travelArrows,
    ...shortClosingArrows,
  },
});

/** Travel document for foreigners who cannot get a passport (§ 5 AufenthV). */
export const foreignerTravelDocument: Service = {
  id: "D-RA-A",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    return situationOf("D-RA-A", answers, travelSituation(answers, facts.today));
  },
};
