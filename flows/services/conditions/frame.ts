import { papers, papersArrows, reach, reachArrows, shortClosing } from "#flows/services/shared/frame.ts";
import { identity, presentIdentityArrows } from "#flows/services/shared/slim.ts";
import { presentName } from "#flows/steps/conditions.ts";

const { name: _withFormer, formerNames: _former, ...rest } = identity;

/** Pages that a change of a condition asks first: person with the present name alone, papers, address (domain 2.8). */
export const conditionOpening = { ...rest, presentName, ...papers, ...reach } as const;

/** Its last pages: no card follows, so none is sent by post. */
export const conditionClosing = shortClosing;

/** Arrows of the first pages; the last of them leads to the service's own page `exit`. */
export function conditionOpeningArrows<const Exit extends string>(exit: Exit) {
  return { ...presentIdentityArrows("passport"), ...papersArrows("address"), ...reachArrows(exit) } as const;
}
