import type { Facts, Setting } from "#flows/engine/facts.ts";
import { parsePage } from "#flows/engine/parse.ts";
import { openStep, walk, type Walk, type Walkable } from "#flows/engine/walk.ts";
import type { ErrorCode } from "#flows/engine/fields.ts";
import type { ImportCode, Problem } from "#flows/import/problems.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { outcomeOf, type Outcome } from "#flows/services/outcome.ts";
import { temporaryProtection } from "#flows/services/protection/H-24.ts";
import { walkable, walkService } from "#flows/services/service.ts";
import { laterForAll } from "#flows/services/short.ts";
import { triage, type TriageAnswers } from "#flows/services/triage.ts";

type Stored = Facts["answers"];
type Wrong = Required<Pick<Problem, "field" | "code">>;

/** What a person of a file comes to: answers to file, or what the service would not let pass. */
export type Checked = { ok: true; stored: Stored } | { ok: false; problems: readonly Wrong[] };

/** What the first page says that is not right yet; all fields of that page. */
function openProblems(flow: Walkable, walked: Walk, stored: Stored, setting: Setting, given: object): Wrong[] {
  const name = openStep(walked);
  const page = flow.steps[name];
  const parsed = page && parsePage(page, stored, { ...setting, answers: { ...given, ...walked.answers } });
  if (!parsed || parsed.ok) return [{ field: name, code: "notInFile" }];
  // Codes of pages are those of fields.
  return Object.entries(parsed.problems).map(([field, code]) => ({ field, code: code as ErrorCode }));
}

const whyNot: Readonly<Record<string, { code: ImportCode; field: string }>> = {
  unaccompaniedMinor: { code: "unaccompaniedMinor", field: "careOfMinor" },
  registrationFirst: { code: "registrationFirst", field: "arrivalRegistered" },
  ukraineLimitedPermit: { code: "ukraineLimitedPermit", field: "ukraineRight" },
};

function otherOutcome(outcome: Exclude<Outcome, { outcome: "application" }>): Wrong {
  return whyNot[outcome.reason] ?? { code: "notProtection", field: "nationalities" };
}

/**
 * Walks a person through entry questions and service, as the pages would. What evidence is required comes later: a file brings
 * none.
 */
export function checkAnswers(stored: Stored, setting: Setting): Checked {
  const entry = walk(triage, stored, setting);
  if (!entry.isComplete) return { ok: false, problems: openProblems(triage, entry, stored, setting, {}) };
  const outcome = outcomeOf(entry.answers as TriageAnswers, setting);
  if (outcome.outcome !== "application") return { ok: false, problems: [otherOutcome(outcome)] };
  if (outcome.service !== temporaryProtection.id)
    return { ok: false, problems: [{ code: "notProtection", field: "nationalities" }] };
  const begun = walkService(temporaryProtection, stored, setting);
  const situation = temporaryProtection.situation({ ...setting, answers: begun.answers });
  const evidence = laterForAll(evidenceFor(situation, setting.law, setting.today), {});
  const whole = { ...stored, evidence };
  const { service } = walkService(temporaryProtection, whole, setting);
  if (service.isComplete) return { ok: true, stored: whole };
  const flow = walkable(temporaryProtection);
  return { ok: false, problems: openProblems(flow, service, whole, setting, entry.answers) };
}
