import {
  closing,
  papers,
  papersArrows,
  person,
  personArrows,
  stays,
  staysArrows,
} from "#flows/services/shared/frame.ts";
import { address } from "#flows/steps/contact.ts";
import { declarations } from "#flows/steps/living.ts";
import { addressBlock, safeContact } from "#flows/steps/safety.ts";

/*
 * Blocks of services for people who may be in danger (architecture 9): no e-mail, a blocked address, a safe way to be
 * reached. Their counselling words (`services:<ID>.counselling`) name the federal helpline "Gewalt gegen Frauen", 116 016
 * (Hilfetelefongesetz; https://www.hilfetelefon.de).
 */

/** Instead of `reach`: where the person lives and can safely be reached. */
const safeReach = { address, addressBlock, safeContact } as const;

/** Arrows of `safeReach`; it begins at `address` and leads to the page `exit`. */
function safeReachArrows<const Exit extends string>(exit: Exit) {
  return { address: "addressBlock", addressBlock: "safeContact", safeContact: exit } as const;
}

/** The first pages of a residence title for people who may be in danger. */
export const safeOpening = { ...person, ...papers, ...safeReach, ...stays } as const;

/** Arrows of `safeOpening`; the last page leads to the service's own page `exit`. */
export function safeOpeningArrows<const Exit extends string>(exit: Exit) {
  return {
    ...personArrows("passport"),
    ...papersArrows("address"),
    ...safeReachArrows("entry"),
    ...staysArrows(exit),
  } as const;
}

const { declareTrue, declareDuties } = declarations;

/** The last pages without the consent to e-mail; their arrows are those of `closing`. */
export const safeClosing = {
  ...closing,
  review: { kind: "review", section: "review", fields: { declareTrue, declareDuties } },
} as const;
