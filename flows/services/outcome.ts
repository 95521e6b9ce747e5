import type { Facts } from "#flows/engine/facts.ts";
import { lawDay } from "#flows/law/law.ts";
import { hasFreeMovement } from "#flows/law/nationals.ts";
import { isServiceId, type ServiceId } from "#flows/services/registry.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { seeksProtection, ukraineReason, type UkraineReason } from "#flows/services/ukraine.ts";
import { isForPurpose } from "#flows/steps/titles.ts";
import { wishes } from "#flows/services/wishes.ts";

/** Why there is no application here, as a key of `services:outcome.<reason>`. */
export type InformationReason =
  | "euFreeMovement"
  | "ukraine"
  | "serviceNotOnline"
  | "settlement"
  | "pending"
  | "familyReunionSuspended"
  | "opportunityRight"
  | Exclude<UkraineReason, "ukraineContinues">;

/** What the entry questions lead to. `reason` names the words to show. */
export type Outcome =
  | { outcome: "application"; service: ServiceId }
  | { outcome: "information"; reason: InformationReason }
  | { outcome: "notNeeded"; reason: "german" | "ukraineContinues" };

const information = (reason: InformationReason): Outcome => ({ outcome: "information", reason });

/** The first wish of the table that holds. */
function wishedService(answers: TriageAnswers): string | undefined {
  return wishes.find(({ wish }) =>
    Object.entries(wish).every(([question, answer]) => answers[question as keyof TriageAnswers] === answer),
  )?.service;
}

/** What the present paper says: a pending application, a title that does not end (§ 9 Abs. 1, § 9a Abs. 1 AufenthG). */
function toldByPaper(answers: TriageAnswers): InformationReason | undefined {
  const { currentTitleType: title, request } = answers;
  if (!isForPurpose(request)) return undefined;
  if (title === "settlementPermit" || title === "euLongTerm") return "settlement";
  return title === "fiktion" && request !== "extension" ? "pending" : undefined;
}

/** Groups whom the law gives no new title at present. */
function closedFor(
  { familyGoal, request, opportunityTarget }: TriageAnswers,
  law: Facts["law"],
): InformationReason | undefined {
  // Reunion with people under subsidiary protection is suspended for a time, extensions are not (§ 104 Abs. 14 AufenthG).
  const isSuspended = lawDay(law, "date.familyReunionSuspended") !== undefined;
  if (isSuspended && familyGoal === "subsidiaryFamily" && request !== "extension") return "familyReunionSuspended";
  return opportunityTarget === "otherTitle" ? "opportunityRight" : undefined;
}

/** Union citizens need a paper for permanent residence at most; the cards are for their families. */
function isWithoutPaper({ nationalities = [], familyOf, freeMovementGoal }: TriageAnswers): boolean {
  if (hasFreeMovement(nationalities)) return freeMovementGoal !== "permanentResidence";
  return familyOf === "euCitizen" && (freeMovementGoal === undefined || freeMovementGoal === "nothing");
}

/** What people who seek temporary protection are led to (domain 3.1). */
function protectionOutcome(answers: TriageAnswers, facts: Pick<Facts, "settings" | "law">): Outcome {
  const reason = ukraineReason(answers, facts);
  if (reason === "ukraineContinues") return { outcome: "notNeeded", reason };
  if (reason !== undefined) return information(reason);
  const service = "H-24";
  return facts.settings.services.includes(service) ? { outcome: "application", service } : information("ukraine");
}

const otherPurposes: readonly ServiceId[] = ["W-18b", "W-18a", "A-16b", "A-16a", "FAM-28", "FAM-30"];

/** Services that stay open to people who get or need no title by § 24 AufenthG (domain 3.1, 3.5). */
export function offersBeside(outcome: Outcome): readonly ServiceId[] {
  if (outcome.outcome === "application") return [];
  if (outcome.reason === "ukraineContinues") return ["C-WORK", "C-RES", "C-COND", "D-CARD-L", ...otherPurposes];
  return outcome.reason === "ukraineLimitedPermit" ? otherPurposes : [];
}

/** Reads the finished entry questions (domain 1.1). It suggests; whoever wants to apply all the same is led to the authority. */
export function outcomeOf(answers: TriageAnswers, { settings, law }: Pick<Facts, "settings" | "law">): Outcome {
  if (answers.nationalities?.includes("DEU")) return { outcome: "notNeeded", reason: "german" };
  if (isWithoutPaper(answers)) return information("euFreeMovement");
  if (seeksProtection(answers)) return protectionOutcome(answers, { settings, law });
  const told = toldByPaper(answers) ?? closedFor(answers, law);
  if (told !== undefined) return information(told);
  const service = wishedService(answers);
  return service !== undefined && isServiceId(service) && settings.services.includes(service)
    ? { outcome: "application", service }
    : information("serviceNotOnline");
}

/** Services to which another answer to the last question leads, e.g. other kinds of work; each once, without `id` itself. */
export function alternativesTo(id: ServiceId, answers: TriageAnswers): readonly ServiceId[] {
  const question = wishes.flatMap(({ wish, service }) => (service === id ? Object.keys(wish) : [])).at(-1);
  if (question === undefined || answers[question as keyof TriageAnswers] === undefined) return [];
  const named = wishes.flatMap(({ wish, service }) => (Object.keys(wish).at(-1) === question ? [service] : []));
  return [...new Set(named)].filter(isServiceId).filter((service) => service !== id);
}
