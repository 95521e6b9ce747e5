import type { Facts } from "#flows/engine/facts.ts";
import { ageBand } from "#flows/law/age.ts";
import { lawValue } from "#flows/law/law.ts";
import type { FrameAnswers } from "#flows/services/shared/frame.ts";

/** True if the rule on old-age provision may hold: no extension, and 45 or older (§ 18 Abs. 2 Nr. 5 AufenthG). */
export function isFirstAt45({ answers, law, today }: Facts<FrameAnswers>): boolean {
  const age = lawValue(law, "age.pension");
  if (age === undefined || answers.request === "extension") return false;
  return ageBand(answers.dateOfBirth, today, age) !== "below";
}
