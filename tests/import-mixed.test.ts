import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importFile, type ImportReport } from "#app/import/run.server.ts";
import { cases } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "./support/app.ts";
import { csvOf, member, onePerson, type Cells } from "./support/importFiles.ts";

// PostgreSQL: the embedded database does one thing after the other.
let opened: TestApp;
beforeAll(async () => {
  opened = await openApp("PostgreSQL");
}, 120_000);
afterAll(async () => {
  await opened?.close();
}, 60_000);

async function imported(bytes: Buffer): Promise<Extract<ImportReport, { ok: true }>> {
  const authority = opened.app.config.byId.get("potsdam") ?? expect.fail();
  const report = await importFile(opened.app, { authority, bytes, codeFor: () => randomBytes(16) });
  return report.ok ? report : expect.fail(JSON.stringify(report));
}

test("of families of one to six people, in rows that stand anywhere, only those with a wrong row are stopped", async () => {
  const sizes = [1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1];
  const wrong = new Map<number, Cells>([
    [2, { dateOfBirth: "31.02.1990" }],
    [5, { familyName: "Тестенко" }],
    [9, { sex: "female" }],
  ]);
  const rows = sizes.flatMap((size, at) =>
    Array.from({ length: size }, (_, index): Cells => {
      const own = index === size - 1 ? wrong.get(at) : undefined;
      return index === 0
        ? onePerson(at * 10, { family: `M${at}`, ...own })
        : member(at * 10 + index, `M${at}`, "other", own);
    }),
  );
  const placed = rows.map((row, index) => ({ row, place: (index * 37) % rows.length }));
  const shuffled = placed.toSorted((one, other) => one.place - other.place).map(({ row }) => row);
  const report = await imported(csvOf(shuffled));
  expect(report.counts).toEqual({ persons: 42, filed: 30, before: 0, stopped: 12, wrong: 3 });
  const stopped = report.families.filter(({ state }) => state === "stopped");
  const told = stopped.map(({ id, persons, problems }) => [
    id,
    persons.length,
    problems.map(({ row, field = "" }) => shuffled[row - 2]?.[field]),
  ]);
  expect(told.toSorted()).toEqual([
    ["M2", 3, ["31.02.1990"]],
    ["M5", 6, ["Тестенко"]],
    ["M9", 3, ["female"]],
  ]);
  expect(await opened.app.database.db.$count(cases)).toBe(30);
}, 60_000);

/** One family of these people, of whom the first begins. */
const familyOf = (people: readonly number[]) =>
  csvOf(
    people.map((number, index) => onePerson(number, { family: "F", ...(index === 0 ? {} : { relation: "other" }) })),
  );

test("two files with the same people in turned order, at the same time, wait for each other and both end", async () => {
  const people = [900, 901, 902, 903, 904, 905];
  const reports = await Promise.all([people, people.toReversed()].map((order) => imported(familyOf(order))));
  expect(reports.map(({ counts }) => [counts.filed, counts.stopped])).toEqual([
    [6, 0],
    [6, 0],
  ]);
}, 60_000);
