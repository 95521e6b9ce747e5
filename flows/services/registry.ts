import type { Facts, Setting } from "#flows/engine/facts.ts";
import { hasFreeMovement } from "#flows/law/nationals.ts";
import type { Service } from "#flows/services/service.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { study } from "#flows/services/A-16b.ts";
import { germanFamily } from "#flows/services/FAM-28.ts";
import { vocationalWork } from "#flows/services/W-18a.ts";
import { academicWork } from "#flows/services/W-18b.ts";
import { blueCard } from "#flows/services/W-18g.ts";
import { jobSearch } from "#flows/services/W-20.ts";

/** Every residence service that can be filed; data, in the order of the catalogue. */
export const services = {
  "W-18a": vocationalWork,
  "W-18b": academicWork,
  "W-18g": blueCard,
  "W-20": jobSearch,
  "A-16b": study,
  "FAM-28": germanFamily,
} as const satisfies Record<string, Service>;
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

/** Answers that lead to a service. */
type Wish = Pick<TriageAnswers, "purpose" | "workGoal" | "studyGoal" | "familyOf">;

/** Where the entry questions lead, those of the short path too: the first row that holds. */
const wishes: readonly { wish: Wish; service: ServiceId }[] = [
  { wish: { purpose: "work", workGoal: "blueCard" }, service: "W-18g" },
  { wish: { purpose: "work", workGoal: "academic" }, service: "W-18b" },
  { wish: { purpose: "work", workGoal: "vocational" }, service: "W-18a" },
  { wish: { purpose: "work", workGoal: "jobSearch" }, service: "W-20" },
  { wish: { purpose: "study", studyGoal: "degree" }, service: "A-16b" },
  { wish: { purpose: "family", familyOf: "german" }, service: "FAM-28" },
];

function serviceFor(answers: TriageAnswers): ServiceId | undefined {
  return wishes.find(({ wish }) =>
    Object.entries(wish).every(([question, answer]) => answers[question as keyof Wish] === answer),
  )?.service;
}

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
  const service = serviceFor(answers);
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
