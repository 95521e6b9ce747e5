import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openDatabase } from "#app/db.server.ts";
import { startPostgres, type PostgresServer } from "./support/postgresServer.ts";

/** A server of its own: roles belong to the whole server, and other tests need theirs. */
let server: PostgresServer;
const at = (database: string) => `${server.url}/${database}`;

async function asAdmin(database: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: at(database) });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  server = await startPostgres();
  await asAdmin(server.template.split("/").at(-1) ?? "", "drop owned by aufenthalt_staff");
}, 120_000);
beforeEach(() =>
  asAdmin("postgres", "drop database if exists live with (force)", "drop role if exists aufenthalt_staff, service"),
);
afterAll(async () => {
  await server.stop();
});

/** Starts on an empty database as an ordinary user, then acts in the role of staff. */
async function startAsUser(): Promise<void> {
  const url = new URL(at("live"));
  url.username = "service";
  url.password = "test";
  const database = await openDatabase({ root: process.cwd(), dataDir: "", databaseUrl: url.href });
  try {
    await database.db.transaction(async (tx) => {
      await tx.execute(sql`set local role aufenthalt_staff`);
      await tx.execute(sql`select id from cases`);
    });
  } finally {
    await database.close();
  }
}

test("a database user who may create roles makes that of staff with the first start, and may act in it", async () => {
  await asAdmin(
    "postgres",
    "create role service login password 'test' createrole",
    "create database live owner service",
  );
  await startAsUser();
});

test("a database user who may not needs the two lines of docs/operation.md, and nothing more", async () => {
  const user = ["create role service login password 'test'", "create database live owner service"];
  await asAdmin("postgres", ...user);
  await expect(startAsUser()).rejects.toMatchObject({
    cause: expect.objectContaining({ message: expect.stringMatching(/permission denied to create role/) }),
  });
  await asAdmin("postgres", "CREATE ROLE aufenthalt_staff NOLOGIN", "GRANT aufenthalt_staff TO service");
  await startAsUser();
});
