import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";
import type { Service } from "#flows/services/service.ts";
import { frameGuards, shortClosingArrows, toShortClosing } from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import { tolerationClosing, tolerationOpening, tolerationOpeningArrows } from "#flows/services/toleration/frame.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { asylumFile, receptionCentre } from "#flows/steps/toleration.ts";

const steps = { ...tolerationOpening, receptionCentre, asylumFile, ...tolerationClosing } as const;

const flow = defineFlow<TriageAnswers>()({
  id: "G-GEST",
  initial: "mrz",
  steps,
  guards: frameGuards,
  next: {
    ...tolerationOpeningArrows("receptionCentre"),
    receptionCentre: "asylumFile",
    asylumFile: toShortClosing,
    ...shortClosingArrows,
  },
});

/** More time for the paper of an asylum procedure; in a reception centre the BAMF renews it (§ 63 AsylG). */
export const asylumPaper: Service = {
  id: "G-GEST",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    const other = known<OtherSituation>({ inReceptionCentre: answers.inReceptionCentre });
    return situationOf("G-GEST", answers, { other });
  },
};
