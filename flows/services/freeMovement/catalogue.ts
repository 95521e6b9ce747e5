import { unionFamilyCard } from "#flows/services/freeMovement/EU-CARD.ts";
import { closePersonCard } from "#flows/services/freeMovement/EU-CARD3a.ts";
import { withdrawalAgreementDocument } from "#flows/services/freeMovement/EU-GB.ts";
import { unionPermanentResidence } from "#flows/services/freeMovement/EU-PERM.ts";
import type { Service } from "#flows/services/service.ts";

/** Papers that show free movement (domain 1.9). */
export const freeMovementServices = {
  "EU-CARD": unionFamilyCard,
  "EU-CARD3a": closePersonCard,
  "EU-PERM": unionPermanentResidence,
  "EU-GB": withdrawalAgreementDocument,
} as const satisfies Record<string, Service>;
