import { papers, papersArrows, reach, reachArrows, shortClosing } from "#flows/services/shared/frame.ts";
import { identity, identityArrows } from "#flows/services/shared/slim.ts";

/** First pages of people without a title: person, papers, address; the paper shows no height (domain 2.8). */
export const tolerationOpening = { ...identity, ...papers, ...reach } as const;

/** Their last pages: no card follows. */
export const tolerationClosing = shortClosing;

/** Arrows of the first pages; the last of them leads to the service's own page `exit`. */
export function tolerationOpeningArrows<const Exit extends string>(exit: Exit) {
  return { ...identityArrows("passport"), ...papersArrows("address"), ...reachArrows(exit) } as const;
}
