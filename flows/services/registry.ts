import type { Setting } from "#flows/engine/facts.ts";
import { conditionServices } from "#flows/services/conditions/catalogue.ts";
import { documentServices } from "#flows/services/documents/catalogue.ts";
import { familyServices } from "#flows/services/family/catalogue.ts";
import { freeMovementServices } from "#flows/services/freeMovement/catalogue.ts";
import { permanentServices } from "#flows/services/permanent/catalogue.ts";
import { protectionServices } from "#flows/services/protection/catalogue.ts";
import type { Service } from "#flows/services/service.ts";
import { tolerationServices } from "#flows/services/toleration/catalogue.ts";
import { trainingServices } from "#flows/services/training/catalogue.ts";
import { workServices } from "#flows/services/work/catalogue.ts";

/** Services by kind, in the order of the catalogue (domain 1.4 to 1.9). */
export const serviceGroups = {
  work: workServices,
  training: trainingServices,
  family: familyServices,
  protection: protectionServices,
  permanent: permanentServices,
  conditions: conditionServices,
  documents: documentServices,
  freeMovement: freeMovementServices,
  toleration: tolerationServices,
} as const;

/** Every service that can be filed; data. */
export const services = {
  ...workServices,
  ...trainingServices,
  ...familyServices,
  ...protectionServices,
  ...permanentServices,
  ...conditionServices,
  ...documentServices,
  ...freeMovementServices,
  ...tolerationServices,
} as const satisfies Record<string, Service>;
export type ServiceId = keyof typeof services;

/** True for the id of a service that can be filed. */
export function isServiceId(id: string): id is ServiceId {
  return Object.hasOwn(services, id);
}

/**
 * Settings under which every service and every switch is on that changes pages: for drawings and schemas. Proof of military
 * duties changes none.
 */
export const fullSettings: Setting["settings"] = {
  services: Object.keys(services),
  extraQuestions: [],
  askOffences: true,
  postalDelivery: true,
};
