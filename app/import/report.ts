import { columnLabel, fileText, importText, problemText, type TwoLanguages } from "#app/i18n/importWords.ts";
import { CSV_MARK, csvRow } from "#app/import/csv.ts";
import type { FamilyResult, ImportReport } from "#app/import/run.server.ts";
import type { ExtraQuestion } from "#flows/engine/facts.ts";
import type { Problem } from "#flows/import/problems.ts";

/** One line of a report: a person and what became of them, or one thing that is wrong with the row. */
export type ReportLine = {
  row: number | undefined;
  family: string;
  person: string;
  state: "filed" | "before" | "wrong" | "stopped";
  column: string;
  text: TwoLanguages;
  reference: string;
  /** On the line of the family's first person only. */
  code: string;
};

const nothing = { column: "", reference: "", code: "" } as const;

function wrongLine(family: string, problem: Problem, questions: readonly ExtraQuestion[]): ReportLine {
  const { row, person, field = "" } = problem;
  return { ...nothing, row, family, person, state: "wrong", column: field, text: problemText(problem, questions) };
}

/** The lines of a family, by row. */
export function linesOf(
  { id, state, persons, problems, accessCode = "" }: FamilyResult,
  questions: readonly ExtraQuestion[] = [],
): ReportLine[] {
  const lines = persons.flatMap(({ row, name, reference = "" }, index): ReportLine[] => {
    const own = problems.filter((problem) => problem.row === row);
    if (own.length > 0) return own.map((problem) => wrongLine(id, problem, questions));
    const code = index === 0 ? accessCode : "";
    return [{ ...nothing, row, family: id, person: name, state, text: importText("states", state), reference, code }];
  });
  return lines.toSorted((one, other) => (one.row ?? 0) - (other.row ?? 0));
}

/** The lines of a whole report; those of a file that cannot be read have no row. */
export function reportLines(report: ImportReport, questions: readonly ExtraQuestion[] = []): ReportLine[] {
  if (report.ok) return report.families.flatMap((family) => linesOf(family, questions));
  const { problem } = report;
  return [{ ...nothing, row: undefined, family: "", person: "", state: "wrong", text: fileText(problem) }];
}

/** The columns of a report, in its order. */
export const reportColumns = ["row", "family", "person", "state", "column", "de", "uk", "reference", "code"] as const;

/** What a CSV report begins with. */
export const csvHead: string = `${CSV_MARK}${csvRow(reportColumns.map((name) => importText("report", name).de))}`;

/** The CSV rows of some lines; columns of an authority's questions are named by these. */
export function csvLines(lines: readonly ReportLine[], questions: readonly ExtraQuestion[] = []): string {
  return lines
    .map(({ row, family, person, state, column, text, reference, code }) => {
      const label = column === "" ? "" : `${column} (${columnLabel(column, questions).de})`;
      return csvRow([row, family, person, importText("states", state).de, label, text.de, text.uk, reference, code]);
    })
    .join("");
}
