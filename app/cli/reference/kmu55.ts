import type { CsvRow } from "#app/cli/reference/authorities.ts";

/** Ukrainian letters in upper case with their Latin ones, and those that are written otherwise at the start of a word. */
type Table = { letters: Record<string, string>; atStart: Record<string, string> };

/** The table of resolution 55/2010 of the Cabinet of Ministers of Ukraine, by which passports spell names. */
export function ukrainianLetters(rows: readonly CsvRow[]): Table {
  const table: Table = { letters: {}, atStart: {} };
  for (const row of rows) {
    const letter = row["cyrillic_upper"] ?? "";
    table.letters[letter] = row["latin"] ?? "";
    if (row["latin_at_word_start"]) table.atStart[letter] = row["latin_at_word_start"];
  }
  return table;
}
