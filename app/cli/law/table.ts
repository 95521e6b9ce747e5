import { addDays, type IsoDate } from "#flows/engine/dates.ts";
import { lawInForce, type LawRow } from "#flows/law/law.ts";

/** Days ahead that `--strict` looks at. */
const SOON_DAYS = 60;

const euros = (cents: number): string => `${(cents / 100).toFixed(2)} EUR`;

/** A value with its unit as people read it; amounts are kept in cents. */
function shown({ value, unit }: LawRow): string {
  switch (unit) {
    case "cents":
      return euros(value);
    case "centsPerMonth":
      return `${euros(value)} a month`;
    case "centsPerYear":
      return `${euros(value)} a year`;
    case "percent":
      return `${value} %`;
    default:
      return `${value} ${unit}`;
  }
}

const validity = ({ validFrom, validTo }: LawRow): string => `${validFrom} to ${validTo ?? "open"}`;

/** The lines of the table of a day: every row in force by id, then how many nobody has verified and their ids. */
export function lawTable(rows: readonly LawRow[], day: IsoDate): string[] {
  const inForce = Object.values(lawInForce(rows, day)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const columns = inForce.map((row) => [
    row.id,
    shown(row),
    validity(row),
    row.verified ? "" : "UNVERIFIED",
    row.source,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...columns.map((cells) => cells[column]?.length ?? 0)));
  const lines = columns.map((cells) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const unverified = inForce.filter((row) => !row.verified).map((row) => row.id);
  return [
    `Rows of the law in force on ${day}: ${inForce.length}`,
    ...lines,
    `Unverified: ${unverified.length}${unverified.length > 0 ? ` (${unverified.join(", ")})` : ""}`,
  ];
}

/** Rows in force on a day that end within the next weeks while no other row of their id follows. */
export function endingRows(rows: readonly LawRow[], day: IsoDate): LawRow[] {
  const limit = addDays(day, SOON_DAYS);
  return Object.values(lawInForce(rows, day)).filter(
    ({ id, validTo }) =>
      validTo !== null && validTo <= limit && !rows.some((next) => next.id === id && next.validFrom > validTo),
  );
}
