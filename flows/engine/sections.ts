import type { Flow } from "#flows/engine/flow.ts";

type Sectioned = Pick<Flow, "steps" | "arrows">;

/** Pages to the end of the flow on the longest way, by page; an arrow that closes a loop is left out of account. */
function stepsToEnd({ steps, arrows }: Sectioned): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const visit = (step: string): number => {
    const known = found.get(step);
    if (known !== undefined) return known;
    found.set(step, 0);
    const left = Math.max(0, ...(arrows[step] ?? []).map(({ target }) => visit(target) + 1));
    found.set(step, left);
    return left;
  };
  for (const step of Object.keys(steps)) visit(step);
  return found;
}

/** All pages that can follow a page, whatever is answered. */
function following({ arrows }: Sectioned, from: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (step: string): void => {
    for (const { target } of arrows[step] ?? []) {
      if (found.has(target)) continue;
      found.add(target);
      visit(target);
    }
  };
  visit(from);
  return found;
}

/**
 * The sections of somebody's way in the order in which they come: those of the pages that they came by, and those of pages that can
 * still follow the last of them. What the way has passed by is left out.
 */
export function sectionsOnWay(flow: Sectioned, path: readonly string[]): string[] {
  const left = stepsToEnd(flow);
  const rank = new Map<string, number>();
  for (const step of new Set([...path, ...following(flow, path.at(-1) ?? "")])) {
    const section = flow.steps[step]?.section;
    if (section !== undefined) rank.set(section, Math.max(rank.get(section) ?? 0, left.get(step) ?? 0));
  }
  return [...rank.entries()].toSorted(([, a], [, b]) => b - a).map(([section]) => section);
}
