import { revisionOf, storedAnswers, type StepAt } from "#app/routes/shared/step.server.ts";
import type { StoredItem } from "#app/routes/shared/step-group.server.ts";
import type { Step } from "#flows/engine/facts.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import { carriedEntry, isFamilyList } from "#flows/household/family.ts";
import { carriedOf } from "#flows/provenance/carried.ts";
import { proposalsOf, type Proposal } from "#flows/provenance/proposals.ts";

/** Pages on which what others of the household said could harm: how to reach a person safely only they can know. */
const WITHOUT_PROPOSALS = ["safeContact"];

/**
 * What stands in the fields of a page before the person has answered it, with where it comes from. It counts once the page
 * is saved; a page saved before shows nothing but what was saved. Nothing is ever ticked for anybody.
 */
export function proposedFor(at: StepAt): Readonly<Record<string, Proposal>> {
  if (revisionOf(at) > 0 || WITHOUT_PROPOSALS.includes(at.step)) return {};
  const stored = storedAnswers(at);
  const fields = fieldsOf(at.definition, at.facts);
  const fitting = Object.entries(proposalsOf(stored, at.facts.today)).filter(([name, { value }]) => {
    const field = fields[name];
    return field && field.kind !== "confirm" && stored[name] === undefined && field.schema.safeParse(value).success;
  });
  return Object.fromEntries(fitting);
}

/** The same for a page of an entry of the list of relatives; a field that was saved shows nothing but what was saved. */
export function proposedForEntry(at: StepAt, item: StoredItem, definition: Step): Readonly<Record<string, Proposal>> {
  if (!isFamilyList(at.step)) return {};
  const fields = fieldsOf(definition, at.facts);
  const stored = storedAnswers(at);
  const carried = carriedEntry(at.step, stored, carriedOf(stored), item) ?? {};
  const fitting = Object.entries(carried).filter(([name, value]) => {
    const field = fields[name];
    return field && item[name] === undefined && field.schema.safeParse(value).success;
  });
  return Object.fromEntries(fitting.map(([name, value]) => [name, { value, origin: "carriedOver" }]));
}
