import { known } from "#flows/services/shared/known.ts";
import type { Answers, Facts } from "#flows/engine/facts.ts";
import { isSkilledTitle, type FamilySituation } from "#flows/law/situations/family.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { incomes } from "#flows/steps/means.ts";
import { custody, referenceAddress, referencePerson } from "#flows/steps/reference.ts";
import { otherParent, referenceTitle } from "#flows/steps/sponsor.ts";

/** Pages on the family member in Germany whom a title of §§ 30 to 36a AufenthG depends on. */
export const sponsor = { referencePerson, referenceAddress, referenceTitle } as const;

/** Answers of the pages that several of these services ask. */
type SponsorAnswers = TriageAnswers & Answers<typeof sponsor>;
type ParentAnswers = Answers<{ custody: typeof custody; otherParent: typeof otherParent }>;
type IncomeAnswers = Answers<{ incomes: typeof incomes }>;

/** Guards on the arrows of these pages. */
export const sponsorGuards = {
  livesElsewhere: ({ answers }: Facts<SponsorAnswers>) => answers.referenceSameAddress === false,
  /** Enough room is no condition for the families of skilled workers (§ 29 Abs. 5 AufenthG). */
  needsRoom: ({ answers }: Facts<SponsorAnswers>) => !isSkilledTitle(answers.referenceTitle),
};

/** Guard on the way to the other parent. */
export const custodyGuards = {
  sharesCustody: ({ answers }: Facts<ParentAnswers>) => answers.custody === "bothParents",
};

/** Guard on the way to the job. */
export const jobGuards = {
  earnsFromJob: ({ answers }: Facts<IncomeAnswers>) => answers.incomeSources?.includes("job") ?? false,
};

/** Arrows from the family member to the service's own page `exit`. */
export function sponsorArrows<const Exit>(exit: Exit) {
  return {
    referencePerson: [{ guard: "livesElsewhere", target: "referenceAddress" }, "referenceTitle"],
    referenceAddress: "referenceTitle",
    referenceTitle: exit,
  } as const;
}

type Facet = { [Key in keyof FamilySituation]: FamilySituation[Key] | undefined };

/** The family as the law looks at it; what is not answered yet stays out. */
export function familyFacts(facts: Facet): FamilySituation {
  return known(facts);
}

/** The family member in Germany as the law looks at it. */
export function sponsorFacts(answers: SponsorAnswers): Facet {
  return {
    referenceBirth: answers.referenceDateOfBirth,
    referenceTitle: answers.referenceTitle,
    referenceTitleUntil: answers.referenceTitleValidUntil,
  };
}

/** Custody and the other parent as the law looks at them. */
export function parentFacts({ custody: who, otherParentResidence, otherParentTitle: held }: ParentAnswers): Facet {
  return {
    custody: who,
    otherParentAbroad: otherParentResidence === undefined ? undefined : otherParentResidence === "abroad",
    otherParentHasTitle: held === undefined ? undefined : held !== "noTitle" && held !== "visa",
  };
}
