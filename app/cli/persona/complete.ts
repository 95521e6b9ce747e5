import type { Typed } from "#app/cli/persona/answers.ts";
import { badFile, notReached } from "#app/cli/persona/fault.ts";
import { evidenceAnswers, missingEvidence } from "#flows/engine/evidence.ts";
import type { Facts, Setting } from "#flows/engine/facts.ts";
import { parsePage } from "#flows/engine/parse.ts";
import { openStep, type Walk, type Walkable } from "#flows/engine/walk.ts";

/** A walk with all that it was made from. */
export type Walked = {
  flow: Walkable;
  walk: Walk;
  typed: Typed;
  stored: Readonly<Record<string, unknown>>;
  setting: Setting;
  /** Answers of an earlier flow. */
  given: Readonly<Record<string, unknown>>;
  where: string;
};

/**
 * Makes sure that a walk came to its end.
 * @throws PersonaFault 2 naming field and page if the file lacks something, 1 if a page refuses a value
 */
export function requireComplete(walked: Walked): void {
  const { flow, walk, typed, stored, setting, given, where } = walked;
  if (walk.isComplete) return;
  const name = openStep(walk);
  const page = flow.steps[name];
  const at = `step "${name}" of ${flow.id}`;
  if (!page) throw notReached(`${at} does not exist`);
  const facts: Facts = { ...setting, answers: { ...given, ...walk.answers } };
  if (page.kind === "group") {
    if (typed[name] === undefined) throw badFile(`${where}${name} is missing: ${at} asks for it, [] says none`);
    const items = walk.items[name] ?? [];
    const open = items.findIndex((item) => !item.walk.isComplete);
    const item = items[open];
    if (!item) throw notReached(`${at} takes at most ${page.max} entries`);
    requireComplete({
      flow: page.item as Walkable,
      walk: item.walk,
      typed: entryOf(typed[name], open),
      stored: entryOf(stored[name], open),
      setting,
      given: facts.answers,
      where: `${where}${name}[${open}].`,
    });
    return;
  }
  if (page.kind === "evidence") {
    const asked = flow.evidence?.(facts) ?? [];
    const missing = missingEvidence(asked, evidenceAnswers(stored["evidence"]));
    throw badFile(`uploads.${missing.join(", uploads.")} missing: ${at} asks for it, "later" is allowed`);
  }
  const parsed = parsePage(page, stored, facts);
  const problems = parsed.ok ? [] : Object.entries(parsed.problems);
  const missing = problems.filter(([field]) => typed[field] === undefined).map(([field]) => `${where}${field}`);
  if (missing.length > 0) throw badFile(`${missing.join(", ")} missing: ${at} asks for it`);
  throw notReached(`${at} refuses ${problems.map(([field, code]) => `${where}${field} (${code})`).join(", ")}`);
}

function entryOf(list: unknown, index: number): Typed {
  const entry: unknown = Array.isArray(list) ? list[index] : undefined;
  return typeof entry === "object" && entry !== null ? { ...entry } : {};
}
