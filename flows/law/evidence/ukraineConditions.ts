import type { IsoDate } from "#flows/engine/dates.ts";
import { ageBand } from "#flows/law/age.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import type { Situation } from "#flows/law/situation.ts";
import { isUkrainian, isWithoutProtectionRight } from "#flows/law/situations/ukraine.ts";

/** True, false, or `undefined` while the facts do not tell. */
type Rule = (situation: Situation, law: Law, today: IsoDate) => boolean | undefined;

/** True below an age, false from it on; open while the birth date does not tell. */
function isBelow(age: number, { birth }: Situation, today: IsoDate): boolean | undefined {
  return { below: true, reached: false, open: undefined }[ageBand(birth, today, age)];
}

/**
 * Men of the ages of military duty in Ukraine who apply anew, where the authority asks; no row of the law, no question
 * (domain 3.1: M).
 */
function isMilitaryAsked(situation: Situation, law: Law, today: IsoDate): boolean | undefined {
  const { ukraine, request, nationalities } = situation;
  const [from, to] = [lawValue(law, "age.militaryDutyFrom"), lawValue(law, "age.militaryDutyTo")];
  if (from === undefined || to === undefined || request === "extension") return false;
  if (!isUkrainian(nationalities) || ukraine?.isMilitaryAsked === false) return false;
  const [isTooYoung, isYoungEnough] = [isBelow(from, situation, today), isBelow(to + 1, situation, today)];
  if (isTooYoung === true || isYoungEnough === false) return false;
  return isTooYoung === undefined || isYoungEnough === undefined ? undefined : ukraine?.isMilitaryAsked;
}

/** Conditions on people from Ukraine (domain 3.4). */
export const ukraineConditions = {
  hadUkraineRight: ({ nationalities, ukraine }) => {
    if (isUkrainian(nationalities)) return false;
    return ukraine?.right === undefined ? undefined : !isWithoutProtectionRight(ukraine.right);
  },
  isUkraineFamily: ({ nationalities, ukraine }) => {
    if (isUkrainian(nationalities)) return false;
    return ukraine?.right === undefined ? undefined : ukraine.right === "family";
  },
  isMinorWithoutParent: (situation, law, today) => {
    const { filer, ukraine } = situation;
    if (ukraine?.isWithRelative) return true;
    const majority = lawValue(law, "age.majority");
    if (majority === undefined || (filer !== "attorney" && filer !== "guardian")) return false;
    return isBelow(majority, situation, today);
  },
  isMilitaryAsked,
} as const satisfies Record<string, Rule>;
