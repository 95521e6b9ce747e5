import { z } from "zod";
import type { Facts, GroupStep, Setting, Step } from "#flows/engine/facts.ts";
import type { Flow } from "#flows/engine/flow.ts";
import { parsePage } from "#flows/engine/parse.ts";
import { evidenceAnswers, missingEvidence, type EvidenceList } from "#flows/engine/evidence.ts";

/** A flow together with the rule that says which evidence it asks for. */
export type Walkable = Pick<Flow, "id" | "initial" | "steps" | "arrows" | "guards"> & {
  evidence?: (facts: Facts) => EvidenceList;
};

/** One entry of a group as it was walked. */
export type WalkedItem = { id: string; walk: Walk };

/** All that can be known about a wizard from its stored answers. */
export type Walk = {
  /** Pages from the first to the first one that is not valid yet, or to the end. */
  path: readonly string[];
  /** Answers given on the path, and nothing else. */
  answers: Readonly<Record<string, unknown>>;
  /** Entries of the groups on the path. */
  items: Readonly<Record<string, readonly WalkedItem[]>>;
  isComplete: boolean;
};

const itemList = z.array(z.looseObject({ id: z.string().min(1).max(40) }));

/**
 * Walks a wizard forward with stored answers and stops at the first page that is not valid yet. Guards and rules see only
 * answers given on the way, so what an abandoned branch left behind never counts.
 * @param given answers of an earlier flow that this one may look at
 * @throws when the arrows form a loop or end nowhere, which a test excludes for every flow
 */
export function walk(flow: Walkable, stored: object, setting: Setting, given: object = {}): Walk {
  const path: string[] = [];
  const items: Record<string, readonly WalkedItem[]> = {};
  const own: Record<string, unknown> = {};
  // One object that grows with the path: guards and rules look at it while it holds just what was answered before.
  const facts: Facts = { ...setting, answers: { ...given } };
  let name = flow.initial;
  for (;;) {
    const step = flow.steps[name];
    if (!step || path.includes(name)) throw new Error(`Flow "${flow.id}" cannot go on at "${name}"`);
    path.push(name);
    if (step.kind === "group") items[name] = walkItems(step, name, stored, facts);
    const page = answersOf(flow, name, step, stored, facts, items[name]);
    if (!page.ok) return { path, answers: own, items, isComplete: false };
    Object.assign(own, page.answers);
    Object.assign(facts.answers, page.answers);
    const arrows = flow.arrows[name] ?? [];
    if (arrows.length === 0) return { path, answers: own, items, isComplete: true };
    const taken = arrows.find((arrow) => !arrow.guard || flow.guards[arrow.guard]?.(facts));
    if (!taken) throw new Error(`Flow "${flow.id}" has no way on from "${name}"`);
    name = taken.target;
  }
}

function walkItems(step: GroupStep, name: string, stored: object, facts: Facts): readonly WalkedItem[] {
  const list = itemList.safeParse((stored as Record<string, unknown>)[name]);
  const flow = step.item as Walkable;
  return (list.data ?? []).map((item) => ({ id: item.id, walk: walk(flow, item, facts, facts.answers) }));
}

function answersOf(
  flow: Walkable,
  name: string,
  step: Step,
  stored: object,
  facts: Facts,
  items: readonly WalkedItem[] = [],
): { ok: boolean; answers: Record<string, unknown> } {
  const values = stored as Record<string, unknown>;
  switch (step.kind) {
    case "group": {
      // An untouched list is a question not yet answered; an empty one says "none".
      const ok = Array.isArray(values[name]) && items.length <= step.max && items.every((item) => item.walk.isComplete);
      return { ok, answers: { [name]: items.map((item) => ({ id: item.id, ...item.walk.answers })) } };
    }
    case "evidence": {
      const evidence = evidenceAnswers(values["evidence"]);
      const asked = flow.evidence?.(facts);
      return { ok: !asked || missingEvidence(asked, evidence).length === 0, answers: { evidence } };
    }
    case "result":
      return { ok: true, answers: {} };
    default: {
      const parsed = parsePage(step, stored, facts);
      return { ok: parsed.ok, answers: parsed.ok ? parsed.answers : {} };
    }
  }
}

/** The page after `step` on the walked path, if there is one. */
export function nextStep(walked: Walk, step: string): string | undefined {
  const index = walked.path.indexOf(step);
  return index < 0 ? undefined : walked.path[index + 1];
}

/** The page before `step` on the walked path, if there is one. */
export function previousStep(walked: Walk, step: string): string | undefined {
  const index = walked.path.indexOf(step);
  return index <= 0 ? undefined : walked.path[index - 1];
}

/** The page where the person should go on: the first one that is not valid yet, or the last. */
export function openStep(walked: Walk): string {
  return walked.path.at(-1) ?? "";
}

/** True if the page may be opened: everything before it is answered. */
export function isReachable(walked: Walk, step: string): boolean {
  return walked.path.includes(step);
}
