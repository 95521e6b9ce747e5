import { expect, test } from "vitest";
import { endingRows, lawTable } from "#app/cli/law/table.ts";
import type { LawRow } from "#flows/law/law.ts";
import { lawRows } from "#flows/law/rows.ts";

const row = (id: string, own: Partial<LawRow> = {}): LawRow => ({
  id,
  value: 100,
  unit: "cents",
  validFrom: "2026-01-01",
  validTo: null,
  source: "§ 1 Beispielverordnung",
  verified: true,
  ...own,
});

test("the table names value, validity, source and what is unverified, of the day alone", () => {
  const rows = [
    row("fee.b", { verified: false, value: 9350 }),
    row("fee.a", { unit: "centsPerYear", validTo: "2026-12-31" }),
    row("fee.later", { validFrom: "2027-01-01" }),
  ];
  expect(lawTable(rows, "2026-11-21")).toEqual([
    "Rows of the law in force on 2026-11-21: 2",
    "fee.a  1.00 EUR a year  2026-01-01 to 2026-12-31              § 1 Beispielverordnung",
    "fee.b  93.50 EUR        2026-01-01 to open        UNVERIFIED  § 1 Beispielverordnung",
    "Unverified: 1 (fee.b)",
  ]);
});

test("rows that end soon count only without a successor", () => {
  const rows = [
    row("ends", { validTo: "2026-12-31" }),
    row("follows", { validTo: "2026-12-31" }),
    row("follows", { validFrom: "2027-01-01" }),
    row("later", { validTo: "2027-06-30" }),
  ];
  expect(endingRows(rows, "2026-11-21").map(({ id }) => id)).toEqual(["ends"]);
});

test("every row of this service can be shown", () => {
  const lines = lawTable(lawRows, "2026-11-21");
  expect(lines.length).toBeGreaterThan(80);
  expect(lines.filter((line) => line.includes("undefined") || line.includes("NaN"))).toEqual([]);
});
