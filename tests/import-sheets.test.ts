import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { csvHead, csvLines, linesOf } from "#app/import/report.ts";
import type { FamilyResult } from "#app/import/run.server.ts";
import { codeAsText, codeFromText, codesOfReport } from "#app/import/sheets.ts";
import { formatAccessCode, formatReference } from "#app/store/access-code.ts";

const code = (number: number) => formatAccessCode(new Uint8Array(16).fill(number));
const reference = (number: number) => formatReference(new Uint8Array(7).fill(number));

/** A family of two, of which the second stands before the first in the file. */
function family(id: string, number: number, change: Partial<FamilyResult> = {}): FamilyResult {
  const persons = [
    { row: number + 1, name: '=Olena; "Testenko"', reference: reference(number) },
    { row: number, name: "Andrij Testenko", reference: reference(number + 1) },
  ];
  return { id, state: "filed", persons, problems: [], accessCode: code(number), ...change };
}
const reportOf = (...families: readonly FamilyResult[]) =>
  csvHead + families.map((one) => csvLines(linesOf(one))).join("");
const failed = (one: FamilyResult): FamilyResult => ({
  id: one.id,
  state: "stopped",
  persons: one.persons.map(({ row, name }) => ({ row, name })),
  problems: [{ row: one.persons[0]?.row ?? 0, person: "", code: "failed" }],
});

describe("the codes of a report", () => {
  test("stand with all references of their family", () => {
    const found = codesOfReport(reportOf(family("1", 10), family("=2", 20)));
    expect(found).toEqual([
      { code: code(10), references: [reference(11), reference(10)] },
      { code: code(20), references: [reference(21), reference(20)] },
    ]);
    expect(found?.flatMap((one) => codeFromText(codeAsText(one)))).toEqual(found);
  });

  test("are left out where nothing was filed, where the filing was undone, and where the code stands elsewhere", () => {
    const undone = family("2", 20);
    const { accessCode: _, ...before } = family("3", 30, { state: "before" });
    const report = reportOf(family("1", 10), undone, failed(undone), before, failed(family("4", 40)));
    expect(codesOfReport(report)).toEqual([expect.objectContaining({ code: code(10) })]);
  });

  test.each([
    ["a table of something else", "a;b\r\n1;2\r\n"],
    ["nothing", ""],
    ["a report with rows of another width", `${csvHead}1;2\r\n`],
  ])("of %s are none", (_, text) => {
    expect(codesOfReport(text)).toBe(undefined);
  });

  test("are read as far as they were written, after a breakdown and from another program", () => {
    const report = reportOf(family("1", 10), family("2", 20));
    expect(codesOfReport(report.slice(0, -50))).toEqual([expect.objectContaining({ code: code(10) })]);
    expect(codesOfReport(report.replaceAll("\r\n", "\n").slice(1))).toHaveLength(2);
    expect(codesOfReport(csvHead)).toEqual([]);
  });

  test.each(["", "x", code(1), `${code(1)} x`, `${code(1)} ${reference(1)} x`, `${reference(1)} ${code(1)}`])(
    'are not in "%s"',
    (text) => {
      expect(codeFromText(text)).toEqual([]);
    },
  );
});

describe("the command", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sheets-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(...args: readonly string[]) {
    const { VITEST: _test, INIT_CWD: _from, ...inherited } = process.env;
    const env = { ...inherited, MODE: "demo", DATA_DIR: folder };
    return spawnSync(process.execPath, ["app/cli/importSheets.ts", ...args], { env, encoding: "utf8" });
  }

  test("makes a PDF that its owner alone may read, and overwrites nothing", () => {
    const report = join(folder, "people.csv.report.csv");
    writeFileSync(report, reportOf(family("1", 10), family("2", 20)));
    const done = run(report);
    expect([done.status, done.stderr]).toEqual([0, ""]);
    const pdf = `${report}.pdf`;
    expect(JSON.parse(done.stdout)).toEqual({ families: 2, pdf });
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe("%PDF-");
    expect(statSync(pdf).mode & 0o777).toBe(0o600);
    const again = run(report);
    expect([again.status, again.stderr]).toEqual([2, `${pdf} exists already. Name another one.\n`]);
  }, 60_000);

  test("says so if there is no code, no report or no file", () => {
    const report = join(folder, "stopped.csv");
    writeFileSync(report, reportOf(failed(family("1", 10))));
    expect([run(report).status, run(join(folder, "missing.csv")).status, run().status]).toEqual([1, 2, 2]);
  }, 60_000);
});
