import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, type Database } from "#app/db.server.ts";
import { onlyOne } from "#app/outbox/onlyOne.server.ts";
import { until } from "#tests/support/until.ts";
import { createDatabase, type TestDatabase } from "#tests/support/postgres.ts";

let testDatabase: TestDatabase;
let processes: Database[];

beforeAll(async () => {
  testDatabase = await createDatabase();
  const options = { root: process.cwd(), dataDir: "", databaseUrl: testDatabase.url };
  processes = await Promise.all([1, 2, 3].map(() => openDatabase(options)));
});
afterAll(async () => {
  await Promise.all(processes.map((database) => database.close()));
  await testDatabase.drop();
});

test("of several processes one does the task, which may use the database, and the others go on at once", async () => {
  const [first, second, third] = processes as [Database, Database, Database];
  const others: boolean[] = [];
  const done = await onlyOne(first, "retention", async () => {
    await first.db.execute(sql`select 1`);
    for (const other of [second, third]) others.push(await onlyOne(other, "retention", async () => undefined));
    others.push(await onlyOne(second, "something else", async () => undefined));
  });
  expect([done, ...others]).toEqual([true, false, false, true]);
});

test("after the task, also one that failed, it is free for the next", async () => {
  const [first, second] = processes as [Database, Database, Database];
  await expect(onlyOne(first, "x", () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(await onlyOne(second, "x", async () => undefined)).toBe(true);
});

test("a long task keeps others out beyond the time after which an idle process loses its lock", async () => {
  const [first, second] = processes as [Database, Database, Database];
  const idle = sql`select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'
    and now() - state_change < interval '2 seconds' and query = 'select 1'`;
  const done = onlyOne(first, "long", async () => {
    // The sign of life comes long before that time, which is 30 seconds.
    await until(
      async () => (await second.db.execute(idle)).rows.length,
      (count) => count > 0,
      20_000,
    );
    expect(await onlyOne(second, "long", async () => undefined)).toBe(false);
  });
  expect(await done).toBe(true);
  const { rows } = await first.db.execute(sql`show idle_in_transaction_session_timeout`);
  expect(rows[0]).toEqual({ idle_in_transaction_session_timeout: "30s" });
});
