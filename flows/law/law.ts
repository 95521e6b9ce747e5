import { z } from "zod";
import type { IsoDate } from "#flows/engine/dates.ts";

/** One amount, threshold or period of the law with its validity and source (architecture 8). */
export const lawRow = z.object({
  id: z.string().regex(/^[a-z][A-Za-z0-9.]*$/),
  value: z.number(),
  unit: z.enum([
    "cents",
    "days",
    "months",
    "years",
    "percent",
    "points",
    "centsPerYear",
    "centsPerMonth",
    "hoursPerWeek",
    "day",
    "grade",
  ]),
  validFrom: z.iso.date(),
  /** Last day in force; `null` while no end is known. */
  validTo: z.iso.date().nullable(),
  source: z.string().min(3),
  verified: z.boolean(),
});
export type LawRow = z.infer<typeof lawRow>;

/** The rows in force on a day, by id. */
export type Law = Readonly<Record<string, LawRow>>;

/** Picks the rows in force on `today`; of two rows with one id the one that began later counts. */
export function lawInForce(rows: readonly LawRow[], today: string): Law {
  const inForce = rows
    .filter((row) => row.validFrom <= today && (row.validTo === null || today <= row.validTo))
    .toSorted((a, b) => a.validFrom.localeCompare(b.validFrom));
  return Object.fromEntries(inForce.map((row) => [row.id, row]));
}

/** The value in force, or `undefined` = "unknown": the authority then states it. */
export function lawValue(law: Law, id: string): number | undefined {
  return law[id]?.value;
}

/** A day that the law names (unit `day`, written `20221231`), if its row is in force. */
export function lawDay(law: Law, id: string): IsoDate | undefined {
  const row = law[id];
  return row?.unit === "day" ? String(row.value).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3") : undefined;
}
