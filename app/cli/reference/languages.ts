import type { CsvRow } from "#app/cli/reference/authorities.ts";

/** A language of the catalogue: its key there (ISO 639-3), German name, and key of the Ausländerzentralregister. */
type Language = { iso: string; name: string; azr: string };

/** Languages with a key of the Ausländerzentralregister, by their key in the catalogue. */
export function languages(rows: readonly CsvRow[]): Language[] {
  return rows
    .map((row) => ({ iso: row["ISO-Code"] ?? "", name: row["ISO-Wert"] ?? "", azr: row["AZR-KDS-Code"] ?? "" }))
    .filter(({ azr }) => azr !== "")
    .toSorted((a, b) => (a.iso < b.iso ? -1 : 1));
}
