import type { Answers, Facts } from "#flows/engine/facts.ts";
import type { Situation } from "#flows/law/situation.ts";
import {
  papers,
  papersArrows,
  person,
  personArrows,
  reach,
  reachArrows,
  toCardClosing,
} from "#flows/services/shared/frame.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { protectionStatus } from "#flows/steps/cards.ts";
import { livelihood } from "#flows/steps/living.ts";

/** Pages that every card and travel document asks first: person, papers, address; nothing of stays (domain 2.8). */
export const documentOpening = { ...person, ...papers, ...reach } as const;

/** Arrows of these pages; the last of them leads to the service's own page `exit`. */
export function documentOpeningArrows<const Exit extends string>(exit: Exit) {
  return { ...personArrows("passport"), ...papersArrows("address"), ...reachArrows(exit) } as const;
}

/** What only the fee depends on: benefits, and protection of those who may have it (§§ 52, 53 AufenthV). */
export const feeFacts = { livelihood, protectionStatus } as const;

type FeeAnswers = TriageAnswers & Answers<typeof feeFacts>;

/** Guards on the arrows of these pages. */
export const feeGuards = {
  mayHaveProtection: ({ answers }: Facts<FeeAnswers>) =>
    ["residencePermit", "settlementPermit", "fiktion"].includes(answers.currentTitleType ?? "none"),
};

/** Arrows of these pages for a card. */
export const feeArrows = {
  livelihood: [{ guard: "mayHaveProtection", target: "protectionStatus" }, ...toCardClosing],
  protectionStatus: toCardClosing,
} as const;

/** Whether protection frees from fees; not known until it is asked. */
export function protectionFact({ protectionStatus: status }: FeeAnswers): Pick<Situation, "protectedStatus"> {
  return status === undefined ? {} : { protectedStatus: status !== "noProtection" };
}
