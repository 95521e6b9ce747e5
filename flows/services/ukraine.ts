import type { Facts } from "#flows/engine/facts.ts";
import { isUkrainian, isWithoutProtectionRight } from "#flows/law/situations/ukraine.ts";
import { titleContinues, wantsOtherTitle, type TriageAnswers } from "#flows/services/triage.ts";

/** What is said to people who seek temporary protection instead of an application (domain 3.1, 3.5). */
export type UkraineReason = "unaccompaniedMinor" | "ukraineLimitedPermit" | "ukraineContinues" | "registrationFirst";

/** True for people whose answers so far lead to temporary protection (§ 24 AufenthG), or to what is said about it. */
export function seeksProtection(answers: TriageAnswers): boolean {
  if (answers.protectionGoal === "ukraine") return true;
  // Whoever is asked for a request beside it wants something else.
  return answers.fledUkraine === true && answers.request === undefined && !wantsOtherTitle(answers);
}

/** Why somebody who seeks temporary protection is told something first; undefined for everybody else. */
export function ukraineReason(
  answers: TriageAnswers,
  { settings, law }: Pick<Facts, "settings" | "law">,
): UkraineReason | undefined {
  // Nobody can act for a child that is here alone until the youth office does (§ 80 AufenthG, § 42a SGB VIII).
  if (answers.careOfMinor === "alone") return "unaccompaniedMinor";
  if (!isUkrainian(answers.nationalities) && isWithoutProtectionRight(answers.ukraineRight))
    return "ukraineLimitedPermit";
  if (titleContinues(answers, law)) return "ukraineContinues";
  // Some authorities take applications of registered people only (domain 3.2, step 3).
  const mustRegister = settings.registrationFirst === true && answers.arrivalRegistered === false;
  return mustRegister ? "registrationFirst" : undefined;
}
