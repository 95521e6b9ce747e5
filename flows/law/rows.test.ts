import { describe, expect, test } from "vitest";
import { lawInForce } from "#flows/law/law.ts";
import { lawRows } from "#flows/law/rows.ts";

describe("rows of the law", () => {
  test("no row ends before it begins", () => {
    expect(lawRows.filter((row) => row.validTo !== null && row.validTo < row.validFrom)).toEqual([]);
  });

  test("two rows of one id never overlap", () => {
    const overlaps = lawRows.filter((row, index) =>
      lawRows.some(
        (other, otherIndex) =>
          index !== otherIndex &&
          row.id === other.id &&
          row.validFrom <= (other.validTo ?? "9999-12-31") &&
          other.validFrom <= (row.validTo ?? "9999-12-31"),
      ),
    );
    expect(overlaps).toEqual([]);
  });

  test("fees are cents or a percentage and never negative", () => {
    const fees = lawRows.filter((row) => row.id.startsWith("fee."));
    expect(fees.length).toBeGreaterThan(40);
    expect(fees.filter((row) => row.value < 0 || !["cents", "percent"].includes(row.unit))).toEqual([]);
  });

  test("the salary thresholds of 2026 end with the year", () => {
    expect(lawInForce(lawRows, "2026-12-31")["salary.blueCard"]?.value).toBe(5_070_000);
    expect(lawInForce(lawRows, "2027-01-01")["salary.blueCard"]).toBeUndefined();
  });

  test("values that nobody has checked are marked", () => {
    const unchecked = lawRows.filter((row) => !row.verified).map((row) => row.id);
    expect(unchecked).toEqual(
      expect.arrayContaining(["fee.daeuMinor", "fee.gest", "living.chanceCard", "living.residenceObligation"]),
    );
  });
});
