import { existsSync } from "node:fs";
import path from "node:path";
import type { Db } from "#app/db.server.ts";
import * as schema from "#drizzle/schema.ts";

/** Where a database is: PostgreSQL by its address, otherwise the embedded one below the data folder. */
export type DatabasePlace = { databaseUrl?: string | undefined; dataDir: string };

/**
 * Reads a database without being the service: nothing is migrated, no queue is started, nothing can be written. The embedded
 * one takes one process only: the caller makes sure that no other has it. @returns undefined if there is no embedded one
 */
export async function readDatabase<T>(place: DatabasePlace, work: (tx: Db) => Promise<T>): Promise<T | undefined> {
  return place.databaseUrl ? readPostgres(place.databaseUrl, work) : readPglite(place.dataDir, work);
}

const readOnly = { accessMode: "read only" } as const;

async function readPostgres<T>(connectionString: string, work: (tx: Db) => Promise<T>): Promise<T> {
  const [{ drizzle }, { Client }] = await Promise.all([import("drizzle-orm/node-postgres"), import("pg")]);
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000, statement_timeout: 15_000 });
  await client.connect();
  try {
    return await drizzle({ client, schema, casing: "snake_case" }).transaction(work, readOnly);
  } finally {
    await client.end();
  }
}

async function readPglite<T>(dataDir: string, work: (tx: Db) => Promise<T>): Promise<T | undefined> {
  const folder = path.join(dataDir, "pglite");
  if (!existsSync(folder)) return undefined;
  const [{ PGlite }, { drizzle }] = await Promise.all([import("@electric-sql/pglite"), import("drizzle-orm/pglite")]);
  const lite = await PGlite.create({ dataDir: folder });
  try {
    const db = drizzle({ client: lite, schema, casing: "snake_case" });
    // Both drivers answer alike for all that is read here.
    return await (db as unknown as Db).transaction(work, readOnly);
  } finally {
    await lite.close();
  }
}
