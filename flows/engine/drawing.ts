import type { Flow } from "#flows/engine/flow.ts";

/** The part of a flow that a drawing shows. */
export type Drawable = Pick<Flow, "id" | "initial" | "steps" | "arrows">;

/** Plain words for what the drawing names. */
export type DrawingWords = {
  step: (id: string) => string;
  guard: (id: string) => string;
  /** Stands on the arrow that is taken when no guard before it holds, e.g. "sonst". */
  otherwise?: string;
};

/** An arrow with the words that stand on it; empty if it is the only way on. */
export type DrawnArrow = { from: string; to: string; label: string };

/** The arrows of a flow in their order, with their words. */
export function drawnArrows(flow: Drawable, words: DrawingWords): DrawnArrow[] {
  return Object.entries(flow.arrows).flatMap(([from, arrows]) =>
    arrows.map((arrow) => {
      const otherwise = arrows.length > 1 ? (words.otherwise ?? "") : "";
      return { from, to: arrow.target, label: arrow.guard === undefined ? otherwise : words.guard(arrow.guard) };
    }),
  );
}

/** True for a page on which the flow ends. */
export function isFinal(flow: Drawable, step: string): boolean {
  return (flow.arrows[step] ?? []).length === 0;
}

/** Mermaid reads `#quot;` and numeric entities in quoted labels; its own marks must not come through. */
function quoted(label: string): string {
  return `"${label.replace(/[\n\r]+/g, " ").replace(/["#<>&;]/g, (mark) => `#${mark.charCodeAt(0)};`)}"`;
}

/**
 * The flow as source text of a Mermaid flowchart: groups as double-edged boxes, final pages round, guards on arrows.
 * Nodes are numbered, because names such as `end` mean something to Mermaid.
 */
export function mermaidOf(flow: Drawable, words: DrawingWords): string {
  const names = Object.keys(flow.steps);
  const node = (name: string) => `s${names.indexOf(name)}`;
  const boxes = names.map((name) => {
    const label = quoted(words.step(name));
    if (flow.steps[name]?.kind === "group") return `  ${node(name)}[[${label}]]`;
    return isFinal(flow, name) ? `  ${node(name)}([${label}])` : `  ${node(name)}[${label}]`;
  });
  const arrows = drawnArrows(flow, words).map(
    ({ from, to, label }) => `  ${node(from)} -->${label ? `|${quoted(label)}|` : ""} ${node(to)}`,
  );
  return ["flowchart TD", `  start((" ")) --> ${node(flow.initial)}`, ...boxes, ...arrows, ""].join("\n");
}
