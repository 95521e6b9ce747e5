import type { Answers, Facts } from "#flows/engine/facts.ts";
import { hasFreeMovement } from "#flows/law/nationals.ts";
import {
  cardClosing,
  cardClosingArrows,
  frameGuards,
  opening,
  openingArrows,
  toCardClosing,
} from "#flows/services/shared/frame.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { family } from "#flows/steps/family.ts";
import { unionMeans, unionPerson, unionStatus } from "#flows/steps/freeMovement.ts";
import { healthInsurance } from "#flows/steps/living.ts";

/** First pages of the cards of a Union citizen's family: person, papers, address, stays, the Union citizen. */
export const unionOpening = { ...opening, unionPerson, unionStatus } as const;

/** Their last pages; insurance and means only if the Union citizen does not work (§ 4 FreizügG/EU). */
export const unionClosing = { furtherFamily: family, healthInsurance, unionMeans, ...cardClosing } as const;

type UnionAnswers = TriageAnswers & Answers<typeof unionOpening & typeof unionClosing>;

/** Guards on the arrows of these pages. */
export const unionGuards = {
  ...frameGuards,
  unionPersonDoesNotWork: ({ answers }: Facts<UnionAnswers>) =>
    answers.unionPersonStatus === "student" || answers.unionPersonStatus === "nonWorking",
};

/** Arrows from the first page to the status of the Union citizen, which leads to the service's own page `exit`. */
export function unionOpeningArrows<const Exit extends string>(exit: Exit) {
  return { ...openingArrows("unionPerson"), unionPerson: "unionStatus", unionStatus: exit } as const;
}

/** Arrows from the list of the family to the end. */
export const unionClosingArrows = {
  furtherFamily: [{ guard: "unionPersonDoesNotWork", target: "healthInsurance" }, ...toCardClosing],
  healthInsurance: "unionMeans",
  unionMeans: toCardClosing,
  ...cardClosingArrows,
} as const;

/** True for people who have free movement of their own (§ 2 Abs. 2 FreizügG/EU). */
export function isUnionCitizen({ nationalities = [] }: TriageAnswers): boolean {
  return hasFreeMovement(nationalities);
}
