import type { CsvRow } from "#app/cli/reference/authorities.ts";

function cells(line: string): string[] {
  const found = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...found].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

/** Rows of a CSV file with a header line; quoted cells may hold commas, but no line breaks. */
export function parseCsv(text: string): CsvRow[] {
  const [head = "", ...rows] = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "");
  const names = cells(head);
  return rows.map((line) => Object.fromEntries(cells(line).map((cell, index) => [names[index] ?? "", cell])));
}
