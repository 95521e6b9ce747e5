import type { ProtectionSituation } from "#flows/law/situations/protection.ts";
import { known } from "#flows/services/shared/known.ts";

type PaperAnswers = { docType?: string };
type Facet = { [Key in keyof ProtectionSituation]: ProtectionSituation[Key] | undefined };

/** The reasons as the law looks at them, with whether there is a passport; what is not answered yet stays out. */
export function protectionFacts({ docType }: PaperAnswers, facts: Facet): ProtectionSituation {
  return known<ProtectionSituation>({ hasPassport: docType === undefined ? undefined : docType !== "none", ...facts });
}

/** "Yes" and "no" as such, "I do not know" as open. */
export function toldBy(answer: "yes" | "no" | "unsure" | undefined): boolean | undefined {
  return answer === "yes" ? true : answer === "no" ? false : undefined;
}
