import type { EvidenceAnswers, EvidenceList } from "#flows/engine/evidence.ts";
import { evidenceAnswers } from "#flows/engine/evidence.ts";
import type { Facts, Setting } from "#flows/engine/facts.ts";
import { daysBetween, isIsoDate, type IsoDate } from "#flows/engine/dates.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { walk, type Walk } from "#flows/engine/walk.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import { carriedOf } from "#flows/provenance/carried.ts";
import { outcomeOf, type Outcome } from "#flows/services/outcome.ts";
import { conditionServices } from "#flows/services/conditions/catalogue.ts";
import { documentServices } from "#flows/services/documents/catalogue.ts";
import { freeMovementServices } from "#flows/services/freeMovement/catalogue.ts";
import { services, type ServiceId } from "#flows/services/registry.ts";
import type { Service, ServiceWalk } from "#flows/services/service.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { declarations } from "#flows/steps/living.ts";
import { paper, reach, where, who, wish } from "#flows/steps/short.ts";

/** Services without a date that presses, and those of employers, hosts and refugees, who are asked other things. */
const longOnly = new Set(
  ["W-FAST", "H-24", conditionServices, documentServices, freeMovementServices].flatMap((one) =>
    typeof one === "string" ? [one] : Object.keys(one),
  ),
);

/** True for services that can be applied for by the short path. */
export function hasShortWay(id: ServiceId): boolean {
  return !longOnly.has(id);
}

/** The service that the short path can file for an outcome. */
function shortService(outcome: Outcome): ServiceId | undefined {
  return outcome.outcome === "application" && hasShortWay(outcome.service) ? outcome.service : undefined;
}

const steps = {
  where,
  wish,
  result: { kind: "result", section: "start" },
  who,
  paper,
  reach,
  review: { kind: "review", section: "review", fields: declarations },
} as const;

/**
 * The short path (domain 7): six pages from the first to the submit button for people whose title ends or has ended. What
 * it asks is enough for an application without form; everything else follows as a supplement.
 */
export const short = defineFlow()({
  id: "short",
  initial: "where",
  steps,
  guards: { leadsElsewhere: (facts) => shortService(outcomeOf(facts.answers, facts)) === undefined },
  next: {
    where: "wish",
    wish: [{ guard: "leadsElsewhere", target: "result" }, "who"],
    result: null,
    who: "paper",
    paper: "reach",
    reach: "review",
    review: null,
  },
});

/** The short path as walked, and the service that its wish leads to. */
export type ShortWalk = { walk: Walk; outcome: Outcome | undefined; service: Service | undefined };

/** Walks the short path with stored answers; outcome and service are known once the wish is said. */
export function walkShort(stored: object, setting: Setting): ShortWalk {
  const walked = walk(short, stored, setting);
  if (!walked.path.some((step) => step === "result" || step === "who")) {
    return { walk: walked, outcome: undefined, service: undefined };
  }
  // Answers of a walk were parsed by the fields of these names, so that they have these types.
  const outcome = outcomeOf(walked.answers as TriageAnswers, setting);
  const id = shortService(outcome);
  return { walk: walked, outcome, service: id && services[id] };
}

/** What a service asks of a person of the short path, as far as that is known yet. */
export function askedLater(service: Service, facts: Facts): EvidenceList {
  return evidenceFor(service.situation(facts), facts.law, facts.today);
}

/** Files that are there already stay; everything else that is required comes later. */
export function laterForAll(asked: EvidenceList, given: EvidenceAnswers): EvidenceAnswers {
  const entries = asked.flatMap(({ code, alternatives, need }) => {
    const own = [code, ...alternatives].flatMap((one) => {
      const files = given[one]?.files ?? [];
      return files.length > 0 ? [[one, { files }] as const] : [];
    });
    return own.length > 0 || need !== "required"
      ? own
      : [[code, { files: [], later: given[code]?.later ?? "" }] as const];
  });
  return Object.fromEntries(entries);
}

const nothing: Walk = { path: [], answers: {}, items: {}, isComplete: true };

/** The short path as something to file for a service: all its answers, and all evidence to come later. */
export function minimalWalk(
  service: Service,
  stored: Readonly<Record<string, unknown>>,
  setting: Setting,
): ServiceWalk {
  const { walk: walked, service: wished } = walkShort(stored, setting);
  const asked = askedLater(service, { ...setting, answers: walked.answers });
  const evidence = laterForAll(asked, evidenceAnswers(stored["evidence"]));
  const isComplete = walked.isComplete && wished?.id === service.id;
  return {
    triage: nothing,
    service: { ...walked, isComplete },
    answers: { ...walked.answers, evidence },
    carried: carriedOf(stored),
    completeness: "minimal",
  };
}

/** True if a title ends within the pressing days before `validUntil`, or has ended (domain 6, L3 and L4). */
export function isPressing(validUntil: unknown, law: Law, today: IsoDate): boolean {
  if (typeof validUntil !== "string" || !isIsoDate(validUntil)) return false;
  return daysBetween(today, validUntil) <= (lawValue(law, "period.applyUrgent") ?? -1);
}
