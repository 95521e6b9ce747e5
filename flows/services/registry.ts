import type { Facts, Setting } from "#flows/engine/facts.ts";
import { hasFreeMovement } from "#flows/law/nationals.ts";
import type { Service } from "#flows/services/service.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { blueCard } from "#flows/services/W-18g.ts";

/** Every residence service that can be filed; data, in the order of the catalogue. */
export const services = { "W-18g": blueCard } as const satisfies Record<string, Service>;
export type ServiceId = keyof typeof services;

/** True for the id of a service that can be filed. */
export function isServiceId(id: string): id is ServiceId {
  return Object.hasOwn(services, id);
}

/** What the entry questions lead to. `reason` names the words to show (`services:outcome.<reason>`). */
export type Outcome =
  | { outcome: "application"; service: ServiceId }
  | { outcome: "information"; reason: "euFreeMovement" | "ukraine" | "serviceNotOnline" | "settlement" }
  | { outcome: "notNeeded"; reason: "german" };

const serviceFor: Readonly<Record<string, ServiceId>> = { blueCard: "W-18g" };

/** Holders of a permanent title have no need of a limited one, and theirs does not end (§ 9 Abs. 1, § 9a Abs. 1 AufenthG). */
function wantsWhatSettlementGives({ currentTitleType: title, request }: TriageAnswers): boolean {
  const isPermanent = title === "settlementPermit" || title === "euLongTerm";
  return isPermanent && (request === "first" || request === "extension" || request === "change");
}

/** Reads the finished entry questions (domain 1.1). It suggests; whoever wants to apply all the same is led to the authority. */
export function outcomeOf(answers: TriageAnswers, settings: Facts["settings"]): Outcome {
  const nationalities = answers.nationalities ?? [];
  if (nationalities.includes("DEU")) return { outcome: "notNeeded", reason: "german" };
  if (hasFreeMovement(nationalities) || answers.familyOf === "euCitizen") {
    return { outcome: "information", reason: "euFreeMovement" };
  }
  if (answers.fledUkraine === true) return { outcome: "information", reason: "ukraine" };
  if (wantsWhatSettlementGives(answers)) return { outcome: "information", reason: "settlement" };
  const service = serviceFor[answers.workGoal ?? ""];
  return service !== undefined && settings.services.includes(service)
    ? { outcome: "application", service }
    : { outcome: "information", reason: "serviceNotOnline" };
}

/** Settings under which every service and every switch is on: for drawings and schemas. */
export const fullSettings: Setting["settings"] = {
  services: Object.keys(services),
  extraQuestions: [],
  askOffences: true,
  postalDelivery: true,
};
