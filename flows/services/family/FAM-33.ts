import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import {
  custodyGuards,
  familyFacts,
  parentFacts,
  sponsor,
  sponsorArrows,
  sponsorFacts,
  sponsorGuards,
} from "#flows/services/family/frame.ts";
import type { Service } from "#flows/services/service.ts";
import {
  cardClosing,
  cardClosingArrows,
  frameGuards,
  papers,
  papersArrows,
  person,
  personArrows,
  reach,
  reachArrows,
  toCardClosing,
} from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { healthInsurance, livelihood } from "#flows/steps/living.ts";
import { custody } from "#flows/steps/reference.ts";
import { otherParent } from "#flows/steps/sponsor.ts";

const steps = {
  ...person,
  ...papers,
  ...reach,
  ...sponsor,
  custody,
  otherParent,
  healthInsurance,
  livelihood,
  ...cardClosing,
} as const;

type NewbornAnswers = Answers<typeof steps> & TriageAnswers;

// Whoever was born here has not entered, and neither means nor room are a condition (§ 33 AufenthG).
const flow = defineFlow<TriageAnswers>()({
  id: "FAM-33",
  initial: "mrz",
  steps,
  guards: { ...frameGuards, ...sponsorGuards, ...custodyGuards },
  next: {
    ...personArrows("passport"),
    ...papersArrows("address"),
    ...reachArrows("referencePerson"),
    ...sponsorArrows("custody"),
    custody: [{ guard: "sharesCustody", target: "otherParent" }, "healthInsurance"],
    otherParent: "healthInsurance",
    healthInsurance: "livelihood",
    livelihood: toCardClosing,
    ...cardClosingArrows,
  },
});

/** Residence permit of a child born in Germany (§ 33 AufenthG). */
export const newborn: Service = {
  id: "FAM-33",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as NewbornAnswers;
    const { countryOfBirth } = answers;
    return situationOf("FAM-33", answers, {
      family: familyFacts({
        ...sponsorFacts(answers),
        ...parentFacts(answers),
        relation: "child",
        bornInGermany: countryOfBirth === undefined ? undefined : countryOfBirth === "DEU",
      }),
    });
  },
};
