import type { Facts } from "#flows/engine/facts.ts";
import { readCell, readYesNo } from "#flows/import/cells.ts";
import type { Column } from "#flows/import/columns.ts";
import type { Problem } from "#flows/import/problems.ts";
import { relations, type Relation } from "#flows/household/relations.ts";

/** A row of a file: its cells by column. `isBroken`: it has more or fewer cells than there are columns. */
export type Row = { row: number; cells: Readonly<Record<string, string>>; isBroken?: true };

/** A row as it was read: the person's own answers, and what is wrong with them already. */
export type Person = {
  row: number;
  /** The names as the row has them, for messages. */
  name: string;
  /** Nothing for the one whom the others are related to. */
  relation: Relation | undefined;
  answers: Facts["answers"];
  problems: readonly Problem[];
};

const FIRST = "first";
const MOST_LETTERS = 80;

/** How messages name a person: as the row does, in whatever letters. */
function nameOf(cells: Row["cells"]): string {
  const pick = (...columns: readonly string[]) => columns.map((name) => (cells[name] ?? "").trim()).find(Boolean);
  const name = [pick("givenNames", "givenNamesOriginal"), pick("familyName", "familyNameOriginal")];
  return name.filter(Boolean).join(" ").replace(/\s+/g, " ").slice(0, MOST_LETTERS);
}

/** Reads a row. What is wrong in several cells is told at once. */
export function readPerson({ row, cells, isBroken }: Row, columns: readonly Column[]): Person {
  const name = nameOf(cells);
  const at = { row, person: name };
  if (isBroken) return { row, name, relation: undefined, answers: {}, problems: [{ ...at, code: "columns" }] };
  const problems: Problem[] = [];
  const answers: Record<string, unknown> = {};
  for (const { name: field, field: rules } of columns) {
    const cell = readCell(rules, cells[field] ?? "");
    if (cell.kind === "value") answers[field] = cell.value;
    if (cell.kind === "wrong")
      problems.push({ ...at, field, code: cell.code, ...(cell.options && { options: cell.options }) });
  }
  const typed = (cells["relation"] ?? "").trim().toLowerCase();
  const relation = relations.find((one) => one === typed);
  if (relation === undefined && typed !== FIRST)
    problems.push({ ...at, field: "relation", code: "relationUnknown", options: [FIRST, ...relations] });
  if (readYesNo(cells["declared"] ?? "") !== true) problems.push({ ...at, field: "declared", code: "notDeclared" });
  return { row, name, relation, answers, problems };
}
