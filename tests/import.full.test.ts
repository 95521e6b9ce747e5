import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, type Database } from "#app/db.server.ts";
import { importedFamilies } from "#drizzle/helping.ts";
import { cases, events, outbox } from "#drizzle/schema.ts";
import { csvOf, family, onePerson } from "./support/importFiles.ts";
import { until } from "./support/until.ts";

const MINUTES = 60_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "import-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command, as `npm run import` starts it. */
function start(dataDir: string, file: string, report: string): { child: ChildProcess; output: () => string } {
  const { VITEST: _test, ...inherited } = process.env;
  const env = {
    ...inherited,
    MODE: "demo",
    CLOCK: "2026-11-21",
    LOG_LEVEL: "silent",
    DATA_DIR: dataDir,
    DATABASE_URL: "",
  };
  const args = ["--liftoff-only", "app/cli/import.ts", file, "--authority", "potsdam", "--report", report];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => process.stderr.write(chunk));
  return { child, output: () => said };
}

async function run(dataDir: string, file: string, report: string) {
  const { child, output } = start(dataDir, file, report);
  const [code] = (await once(child, "exit")) as [number];
  return { code, counts: JSON.parse(output()) as Record<string, number> };
}

async function inDatabase<T>(dataDir: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ root: process.cwd(), dataDir });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const linesOf = (report: string) =>
  existsSync(report) ? readFileSync(report, "utf8").trimEnd().split("\r\n").slice(1) : [];

test(
  "1,000 rows with 50 broken ones in families of one import 950 and report exactly 50",
  async () => {
    const [dataDir, file, report] = ["whole", "whole.csv", "whole.report.csv"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const rows = Array.from({ length: 1_000 }, (_, index) =>
      onePerson(index, index % 20 === 7 ? { dateOfBirth: "31.02.1990" } : {}),
    );
    writeFileSync(file, csvOf(rows));
    const { code, counts } = await run(dataDir, file, report);
    expect([code, counts]).toEqual([1, { persons: 1_000, filed: 950, before: 0, stopped: 50, wrong: 50 }]);
    const lines = linesOf(report);
    expect(lines).toHaveLength(1_000);
    expect(lines.filter((line) => line.includes("bitte berichtigen"))).toHaveLength(50);
    expect(new Set(lines.map((line) => line.split(";").at(-1)).filter(Boolean)).size).toBe(950);
  },
  15 * MINUTES,
);

test(
  "killed in the middle and run again: nobody lost, nobody there twice, every code in one of the reports",
  async () => {
    const [dataDir, file] = ["killed", "killed.csv"].map((name) => join(folder, name)) as [string, string];
    const families = 60;
    writeFileSync(file, csvOf(Array.from({ length: families }, (_, index) => family(`F${index}`, index * 10)).flat()));
    const reports = [1, 2, 3].map((turn) => join(folder, `killed.${turn}.csv`));
    for (const [turn, report] of reports.slice(0, 2).entries()) {
      const { child } = start(dataDir, file, report);
      const ended = once(child, "exit");
      await until(
        async () => linesOf(report).length,
        (lines) => lines > 30 * (turn + 2),
        5 * MINUTES,
      );
      child.kill("SIGKILL");
      await ended;
    }
    const { code, counts } = await run(dataDir, file, reports[2] ?? "");
    expect(code).toBe(0);
    expect(counts).toMatchObject({ persons: 3 * families, stopped: 0 });
    expect(counts["before"]).toBeGreaterThan(0);
    expect(counts["filed"]).toBeGreaterThan(0);
    await inDatabase(dataDir, async ({ db }) => {
      expect(await db.$count(cases)).toBe(3 * families);
      expect(await db.$count(outbox)).toBe(3 * families);
      expect(await db.$count(events)).toBe(3 * families);
      const kept = await db.select({ references: importedFamilies.references }).from(importedFamilies);
      expect(kept).toHaveLength(families);
      const withCode = reports.flatMap(linesOf).map((line) => line.split(";"));
      for (const { references } of kept) {
        const [line] = withCode.filter((cells) => cells[7] === references[0] && cells[8] !== "");
        expect(line?.[8]).toMatch(/^(\w{4}-){6}\w{4}$/);
      }
    });
  },
  15 * MINUTES,
);
