import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Db } from "#app/db.server.ts";
import * as schema from "#drizzle/schema.ts";
import { createDatabase } from "./postgres.ts";
import { startStack, type Stack, type StackOptions } from "./service.ts";

/** The running demo on PostgreSQL, whose database a test may look into or break. */
export type OpenStack = {
  url: string;
  fachverfahren: string;
  /** Address of the demo login service if it was asked for, otherwise empty. */
  identity: string;
  databaseUrl: string;
  pool: pg.Pool;
  db: Db;
  /** Does something while a table is away, as after a failed migration. */
  withoutTable: <T>(table: string, work: () => Promise<T>) => Promise<T>;
  stop: Stack["stop"];
};

/** Starts the demo on a fresh PostgreSQL database. */
export async function startOpenStack({ env, ...options }: StackOptions = {}): Promise<OpenStack> {
  const database = await createDatabase();
  const pool = new pg.Pool({ connectionString: database.url });
  pool.on("error", () => undefined);
  const stack = await startStack({ ...options, env: { ...env, DATABASE_URL: database.url } });
  return {
    url: stack.url,
    fachverfahren: stack.fachverfahren,
    identity: stack.identity,
    databaseUrl: database.url,
    pool,
    db: drizzle({ client: pool, schema, casing: "snake_case" }) as Db,
    withoutTable: async (table, work) => {
      await pool.query(`alter table ${table} rename to ${table}_away`);
      try {
        return await work();
      } finally {
        await pool.query(`alter table ${table}_away rename to ${table}`);
      }
    },
    stop: async () => {
      await stack.stop();
      await pool.end();
      await database.drop();
    },
  };
}
