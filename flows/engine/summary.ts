import type { Facts, Step } from "#flows/engine/facts.ts";
import type { Field } from "#flows/engine/fields.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import type { Walk, Walkable } from "#flows/engine/walk.ts";

/** One answered question. */
export type SummaryRow = { name: string; field: Field; value: unknown };
/** The answers of one page; of a group, the answers of each entry. */
export type SummaryBlock = {
  step: string;
  section: string;
  rows: readonly SummaryRow[];
  items?: readonly { id: string; rows: readonly SummaryRow[] }[];
};

type Settings = Pick<Facts, "settings">;

function rowsOf(step: Step, answers: Readonly<Record<string, unknown>>, settings: Settings): SummaryRow[] {
  return Object.entries(fieldsOf(step, settings)).flatMap(([name, field]) =>
    answers[name] === undefined || field.isUnsent ? [] : [{ name, field, value: answers[name] }],
  );
}

/** All answers of a walk in the order of its pages: what review page, PDF and payload show. */
export function summaryOf(flow: Walkable, walked: Walk, settings: Settings): SummaryBlock[] {
  return walked.path.flatMap((name) => {
    const step = flow.steps[name];
    if (!step || step.kind === "evidence" || step.kind === "result") return [];
    if (step.kind !== "group")
      return [{ step: name, section: step.section, rows: rowsOf(step, walked.answers, settings) }];
    const items = (walked.items[name] ?? []).map((item) => ({
      id: item.id,
      rows: summaryOf(step.item as Walkable, item.walk, settings).flatMap((block) => block.rows),
    }));
    return [{ step: name, section: step.section, rows: [], items }];
  });
}
