import type { IsoDate } from "#flows/engine/dates.ts";
import type { Law } from "#flows/law/law.ts";
import { hasFreeMovement } from "#flows/law/nationals.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";

/** True, false, or `undefined` while the facts do not tell. */
type Rule = (situation: Situation, law: Law, today: IsoDate) => boolean | undefined;

/** Compares a fact with the values for which a row is asked. */
const oneOf =
  <Key extends keyof OtherSituation>(key: Key, ...values: readonly OtherSituation[Key][]): Rule =>
  ({ other }) =>
    other?.[key] === undefined ? undefined : values.includes(other[key]);

const isUnionCitizen = ({ nationalities }: Situation) => hasFreeMovement(nationalities);
/** A row about the family of a Union citizen, who needs none of it. */
const ofUnionFamily =
  (rule: Rule): Rule =>
  (situation, law, today) =>
    isUnionCitizen(situation) ? false : rule(situation, law, today);

/** Conditions on conditions, papers, free movement and toleration (domain 1.9, 1.10). */
export const otherConditions = {
  isOnBenefits: ({ onBenefits }) => onBenefits ?? false,
  movesForJob: oneOf("residenceReason", "job", "training"),
  movesForCourse: oneOf("residenceReason", "study", "course"),
  movesForFamily: oneOf("residenceReason", "family"),
  movesForHardship: oneOf("residenceReason", "hardship"),
  hasNewFlat: ({ other }) => other?.hasNewFlat,
  isDataChange: ({ card }) => (card === undefined ? undefined : card.reason !== "expired"),
  holdsDocument: oneOf("hasNoPassport", false),
  hasLostDocument: ({ other }) => other?.lossKind !== undefined,
  hostHasTitle: oneOf("hostStatus", "unlimitedTitle", "limitedTitle"),
  hostHasJob: ({ other }) => other?.hostHasJob,
  isUnionFamily: (situation) => !isUnionCitizen(situation),
  isUnionSpouse: ofUnionFamily(oneOf("unionKinship", "spouse")),
  isUnionChildOrParent: ofUnionFamily(oneOf("unionKinship", "childUnder21", "child21", "parent")),
  isUnionDependant: ofUnionFamily(oneOf("unionKinship", "child21", "parent")),
  unionPersonDoesNotWork: oneOf("unionStatus", "student", "nonWorking"),
  staysWithoutPassport: oneOf("tolerationReason", "noPassport"),
  staysForWork: oneOf("tolerationReason", "training", "job"),
  staysForHealth: oneOf("tolerationReason", "health"),
} as const satisfies Record<string, Rule>;
