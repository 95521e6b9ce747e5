import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { WorkerAbroad } from "#flows/law/situations/work.ts";
import { frameGuards, shortClosing, shortClosingArrows, toShortClosing } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import type { Service } from "#flows/services/service.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { known } from "#flows/services/shared/known.ts";
import { workSituation } from "#flows/services/work/frame.ts";
import { fastTrackTerms, hiringContact, hiringEmployer } from "#flows/steps/fastTrack.ts";
import { workers } from "#flows/steps/workers.ts";
import { salary } from "#flows/steps/skilled.ts";
import { job } from "#flows/steps/work.ts";

const steps = {
  hiringEmployer,
  hiringContact,
  offeredJob: job,
  offeredPay: salary,
  workers,
  fastTrackTerms,
  ...shortClosing,
} as const;

type FastTrackAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "W-FAST",
  initial: "hiringEmployer",
  steps,
  guards: { hasExtraQuestions: frameGuards.hasExtraQuestions },
  next: {
    hiringEmployer: "hiringContact",
    hiringContact: "offeredJob",
    offeredJob: "offeredPay",
    offeredPay: "workers",
    workers: "fastTrackTerms",
    fastTrackTerms: toShortClosing,
    ...shortClosingArrows,
  },
});

/** The workers as the law looks at them. */
function workersOf({ workers: listed }: FastTrackAnswers): readonly WorkerAbroad[] | undefined {
  return listed?.map((one) =>
    known({
      country: one.workerCountry,
      qualification: one.workerQualification,
      recognition: one.workerRecognition,
    }),
  );
}

/** Fast track for skilled workers abroad, which the employer asks for (§ 81a AufenthG). */
export const fastTrack: Service = {
  id: "W-FAST",
  version: "1.0.0",
  leika: leika.fastTrack,
  flow,
  situation: (facts) => {
    const answers = facts.answers as FastTrackAnswers;
    const work = workSituation(answers, { workers: workersOf(answers), powerOfAttorney: answers.powerOfAttorney });
    return situationOf("W-FAST", answers, { filer: "employer", work });
  },
  subjects: (given) => {
    const { workers: listed = [] } = given as FastTrackAnswers;
    const names = listed.map(({ workerFamilyName: familyName, workerGivenNames: givenNames }) =>
      known({ familyName, givenNames }),
    );
    // An application is always about somebody, named or not.
    return names.length > 0 ? names : [{}];
  },
};
