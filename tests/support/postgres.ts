import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** A database of its own for one test file, migrated; `drop` also ends connections that were left open. */
export type TestDatabase = { url: string; drop: () => Promise<void> };

/**
 * Makes a fresh, migrated PostgreSQL database. The server starts with the first call of a test run (about 2 s), so
 * runs without database tests never pay for it.
 */
export async function createDatabase(): Promise<TestDatabase> {
  const answer = await fetch(inject("postgresBroker"), { method: "POST" });
  if (!answer.ok) throw new Error(`The test PostgreSQL did not start: ${await answer.text()}`);
  const { server, template } = (await answer.json()) as { server: string; template: string };
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(server, `create database ${name} template ${template} strategy file_copy`);
  return {
    url: `${server}/${name}`,
    drop: () => asAdmin(server, `drop database if exists ${name} with (force)`),
  };
}

async function asAdmin(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
