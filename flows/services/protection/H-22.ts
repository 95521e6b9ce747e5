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
import { admission, admissionLetter } from "#flows/steps/protection.ts";

const steps = { ...opening, family, admission, admissionLetter, livelihood, ...closing } as const;

type AdmissionAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "H-22",
  initial: "mrz",
  steps,
  guards: frameGuards,
  next: {
    ...openingArrows("family"),
    family: "admission",
    admission: "admissionLetter",
    admissionLetter: "livelihood",
    livelihood: toClosing,
    ...closingArrows,
  },
});

/** Residence permit after an admission from abroad, by order or on request of a hardship commission (§§ 22, 23, 23a AufenthG). */
export const admitted: Service = {
  id: "H-22",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as AdmissionAnswers;
    return situationOf("H-22", answers, {
      ...(answers.admissionKind === "resettlement" ? { protectedStatus: true } : {}),
      protection: protectionFacts(answers, { admission: answers.admissionKind }),
    });
  },
};
