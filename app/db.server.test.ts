import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, type Database } from "#app/db.server.ts";
import { createDatabase, type TestDatabase } from "#tests/support/postgres.ts";

const root = process.cwd();
let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createDatabase();
  database = await openDatabase({ root, dataDir: "", databaseUrl: testDatabase.url });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const setting = (name: string) => sql`select current_setting(${name}) as value`;

test.each([
  ["statement_timeout", "15s"],
  ["idle_in_transaction_session_timeout", "30s"],
])("connections of requests have %s=%s", async (name, value) => {
  const { rows } = await database.db.execute(setting(name));
  expect(rows).toEqual([{ value }]);
});

test.each([
  ["statement_timeout", "1min"],
  ["idle_in_transaction_session_timeout", "30s"],
])("connections of the queue have %s=%s", async (name, value) => {
  const { rows } = await database.boss.getDb().executeSql("select current_setting($1) as value", [name]);
  expect(rows).toEqual([{ value }]);
});

test("a database that takes connections and never answers is an error, not an endless wait", async () => {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => sockets.add(socket)).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const databaseUrl = `postgresql://nobody@127.0.0.1:${port}/nothing`;
  await expect(openDatabase({ root, dataDir: "", databaseUrl })).rejects.toThrow(/timeout/);
  for (const socket of sockets) socket.destroy();
  silent.close();
});

test("a database that is not there is told in words for the operator, without the password", async () => {
  const databaseUrl = "postgresql://somebody:secret-word@127.0.0.1:9/nothing";
  const failure = await openDatabase({ root, dataDir: "", databaseUrl }).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: "databaseUnusable",
    message: expect.stringMatching(/^PostgreSQL \(DATABASE_URL\) .*ECONNREFUSED/),
  });
  expect(String(failure)).not.toContain("secret-word");
});

test("when all connections are taken the next request gets an error, not an endless wait", async () => {
  const held = Promise.withResolvers<void>();
  const began: Promise<void>[] = [];
  const taken = Array.from({ length: 10 }, () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    began.push(promise);
    return database.db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      resolve();
      await held.promise;
    });
  });
  await Promise.all(began);
  await expect(database.db.execute(sql`select 1`)).rejects.toMatchObject({
    cause: expect.objectContaining({ message: expect.stringMatching(/timeout/) }),
  });
  held.resolve();
  await Promise.all(taken);
});
