import type { Answers, Facts } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { OpportunitySituation } from "#flows/law/situations/opportunity.ts";
import { frameGuards, opening, openingArrows, toClosing } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { meansSituation } from "#flows/services/shared/means.ts";
import type { Service } from "#flows/services/service.ts";
import { known } from "#flows/services/shared/known.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { workClosing, workClosingArrows, workSituation } from "#flows/services/work/frame.ts";
import { family } from "#flows/steps/family.ts";
import { funding } from "#flows/steps/means.ts";
import {
  opportunityKind,
  opportunityQualification,
  pointsLanguage,
  pointsStay,
  presentPurpose,
} from "#flows/steps/opportunity.ts";
import { pointsExperience, pointsQualification } from "#flows/steps/otherWork.ts";
import { salary } from "#flows/steps/skilled.ts";
import { employer, employerContact, job } from "#flows/steps/work.ts";

const steps = {
  ...opening,
  family,
  opportunityKind,
  presentPurpose,
  opportunityQualification,
  pointsQualification,
  pointsExperience,
  pointsLanguage,
  pointsStay,
  employer,
  employerContact,
  job,
  jobPay: salary,
  funding,
  ...workClosing,
} as const;

type OpportunityAnswers = Answers<typeof steps> & TriageAnswers;

/** True for titles that may be for studies, training and work, or for something else. */
function holdsOpenTitle({ answers }: Facts<TriageAnswers>): boolean {
  const { currentTitleType: title, request } = answers;
  return request !== "extension" && (title === "nationalVisa" || title === "residencePermit");
}

const flow = defineFlow<TriageAnswers>()({
  id: "W-20a",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    holdsOpenTitle,
    wantsFollowUp: ({ answers }) => answers.opportunityCardKind === "followUp",
    collectsPoints: ({ answers }) => answers.skilledStatus === "none",
  },
  next: {
    ...openingArrows("family"),
    family: "opportunityKind",
    opportunityKind: [{ guard: "holdsOpenTitle", target: "presentPurpose" }, "opportunityQualification"],
    presentPurpose: "opportunityQualification",
    opportunityQualification: [
      { guard: "wantsFollowUp", target: "employer" },
      { guard: "collectsPoints", target: "pointsQualification" },
      "healthInsurance",
    ],
    pointsQualification: "pointsExperience",
    pointsExperience: "pointsLanguage",
    pointsLanguage: "pointsStay",
    pointsStay: "healthInsurance",
    employer: "employerContact",
    employerContact: "job",
    job: "jobPay",
    jobPay: "healthInsurance",
    ...workClosingArrows,
    // The offer of work is what the holder of the second card lives on.
    healthInsurance: [{ guard: "wantsFollowUp", target: "livelihood" }, "funding"],
    funding: toClosing,
  },
});

/** What only this card looks at. */
function opportunityOf(answers: OpportunityAnswers): OpportunitySituation {
  return known({
    card: answers.opportunityCardKind,
    skilled: answers.skilledStatus,
    fittingTitle: { studyOrWork: true, other: false, unsure: undefined }[answers.presentTitlePurpose ?? "unsure"],
    partialRecognition: answers.partialRecognition,
    yearsOfSeven: answers.yearsOfSeven,
    english: answers.englishLevel,
    earlierStay: answers.lawfulHalfYear,
    // Whoever is not married is not asked.
    partnerApplies: answers.lawfulHalfYear === undefined ? undefined : answers.partnerApplies === true,
  });
}

/** Opportunity card to look for work, as a skilled worker or by points (§§ 20a, 20b AufenthG). */
export const opportunityCard: Service = {
  id: "W-20a",
  version: "1.0.0",
  leika: leika.work,
  flow,
  situation: (facts) => {
    const answers = facts.answers as OpportunityAnswers;
    const work = workSituation(answers, {
      annualGrossCents: answers.grossAnnual,
      homeQualification: answers.homeQualification,
      yearsOfFive: answers.yearsOfFive,
      shortageOccupation: { yes: true, no: false, unsure: undefined }[answers.shortageOccupation ?? "unsure"],
      german: answers.germanLevel,
      opportunity: opportunityOf(answers),
    });
    const { onBenefits: hasBenefits, ...means } = meansSituation(answers);
    return situationOf("W-20a", answers, { ...means, onBenefits: hasBenefits || answers.onBenefits === true, work });
  },
};
