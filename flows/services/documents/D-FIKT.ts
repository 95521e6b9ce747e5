import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";
import { feeFacts, feeGuards, protectionFact } from "#flows/services/documents/frame.ts";
import type { Service } from "#flows/services/service.ts";
import {
  frameGuards,
  papers,
  papersArrows,
  reach,
  reachArrows,
  shortClosing,
  shortClosingArrows,
  toShortClosing,
} from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import { identity, identityArrows } from "#flows/services/shared/slim.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { pendingApplication, travelPlans } from "#flows/steps/cards.ts";

const steps = {
  ...identity,
  ...papers,
  ...reach,
  pendingApplication,
  travelPlans,
  ...feeFacts,
  ...shortClosing,
} as const;

const flow = defineFlow<TriageAnswers>()({
  id: "D-FIKT",
  initial: "mrz",
  steps,
  guards: { ...frameGuards, ...feeGuards },
  next: {
    ...identityArrows("passport"),
    ...papersArrows("address"),
    ...reachArrows("pendingApplication"),
    pendingApplication: "travelPlans",
    travelPlans: "livelihood",
    livelihood: [{ guard: "mayHaveProtection", target: "protectionStatus" }, ...toShortClosing],
    protectionStatus: toShortClosing,
    ...shortClosingArrows,
  },
});

/** Certificate of an application that is still open, for the first time or again (§ 81 Abs. 5 AufenthG). */
export const provisionalCertificate: Service = {
  id: "D-FIKT",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    const other = known<OtherSituation>({ pendingSince: answers.pendingSince, plansTravel: answers.plansTravel });
    return situationOf("D-FIKT", answers, { ...protectionFact(answers), other });
  },
};
