import { AsyncLocalStorage } from "node:async_hooks";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import type { NodePgQueryResultHKT } from "drizzle-orm/node-postgres";
import type { PgDatabase } from "drizzle-orm/pg-core";
import { fromDrizzle, fromPglite, PgBoss } from "pg-boss";
import * as schema from "#drizzle/schema.ts";

/** The one database dialect of the project, whichever driver is below it. Also the type of a transaction. */
export type Db = PgDatabase<NodePgQueryResultHKT, typeof schema>;

/** Queue that wakes the worker; its jobs carry an outbox id and nothing else. */
export const OUTBOX_QUEUE = "outbox";

/** An open database with its queue. */
export type Database = {
  db: Db;
  boss: PgBoss;
  mode: "pglite" | "postgres";
  /** Enqueues inside the caller's transaction: the job exists exactly if the rows do. */
  wake: (tx: Db, outboxId: string, destination: string) => Promise<void>;
  /** Resolves if the database answers and is migrated. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
};

type Options = { root: string; dataDir: string; databaseUrl?: string | undefined };

/** Opens PostgreSQL by URL, otherwise PGlite under the data folder, and brings the schema up to date. */
export async function openDatabase(options: Options): Promise<Database> {
  const migrationsFolder = path.join(options.root, "drizzle", "migrations");
  const opened = options.databaseUrl
    ? await openPostgres(options.databaseUrl, migrationsFolder)
    : await openPglite(path.join(options.dataDir, "pglite"), migrationsFolder);
  const { db, boss, mode, end } = opened;
  return {
    db,
    boss,
    mode,
    wake: async (tx, id, destination) => {
      const job = { singletonKey: id, group: { id: destination }, retryLimit: 0 };
      await boss.send(OUTBOX_QUEUE, { id }, { ...job, db: fromDrizzle(tx, sql) });
    },
    ping: async () => {
      await db.select({ id: schema.drafts.id }).from(schema.drafts).limit(1);
    },
    close: async () => {
      await boss.stop({ graceful: true, timeout: 5_000 });
      await end();
    },
  };
}

async function startQueue(boss: PgBoss): Promise<void> {
  boss.on("error", () => undefined);
  await boss.start();
  await boss.createQueue(OUTBOX_QUEUE, { policy: "short", retryLimit: 0 });
  // Fills the queue cache; an un-primed queue inside a PGlite transaction would wait for itself.
  await boss.findJobs(OUTBOX_QUEUE, { key: "-" });
}

/** Whoever waits longer gets an error page: a database that hangs must not collect requests until the memory is full. */
const limits = {
  // A host that vanished shows within minutes and not when the system gives up.
  keepAlive: true,
  connectionTimeoutMillis: 5_000,
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 30_000,
} as const;

// The queue tidies up in single statements that may take longer than any request.
const BOSS_OPTIONS = "-c statement_timeout=60000 -c idle_in_transaction_session_timeout=30000";

// Any number of processes may share a server that takes 100 connections by default.
const CONNECTIONS = { service: 10, boss: 3 } as const;

// Processes that start together set up the database one after the other; the number is the lock's name.
const SETUP_LOCK = 4_721_815_301;

/** PostgreSQL cannot be reached or refuses us when a process starts; whoever started it may try again. */
export class DatabaseUnusable extends Error {
  readonly code = "databaseUnusable";
  constructor(cause: unknown) {
    const why = cause instanceof Error ? cause.message || cause.name : "unknown";
    super(`PostgreSQL (DATABASE_URL) cannot be used: ${why}.`, { cause });
    this.name = "DatabaseUnusable";
  }
}

async function openPostgres(connectionString: string, migrationsFolder: string) {
  const [{ drizzle }, { migrate }, { Client, Pool }] = await Promise.all([
    import("drizzle-orm/node-postgres"),
    import("drizzle-orm/node-postgres/migrator"),
    import("pg"),
  ]);
  const { connectionTimeoutMillis } = limits;
  const pool = new Pool({ connectionString, max: CONNECTIONS.service, ...limits });
  // A lost idle connection is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  // The same for one that is lost between two statements of a transaction: the next statement fails, not the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const db = drizzle({ client: pool, schema, casing: "snake_case" });
  const queue = { max: CONNECTIONS.boss, schedule: false, options: BOSS_OPTIONS };
  const boss = new PgBoss({ connectionString, connectionTimeoutMillis, ...queue });
  // A connection of its own: a migration may take longer than any statement of a request.
  const settingUp = new Client({ connectionString, connectionTimeoutMillis });
  // Without a listener a connection lost meanwhile would end the process before anybody learns why.
  settingUp.on("error", () => undefined);
  await settingUp.connect().catch((cause: unknown) => {
    throw new DatabaseUnusable(cause);
  });
  try {
    await settingUp.query("select pg_advisory_lock($1)", [SETUP_LOCK]);
    await migrate(drizzle({ client: settingUp }), { migrationsFolder });
    await startQueue(boss);
  } finally {
    // The lock ends with its connection.
    await settingUp.end();
  }
  return { db: db as Db, boss, mode: "postgres" as const, end: () => pool.end() };
}

async function openPglite(folder: string, migrationsFolder: string) {
  const [{ PGlite }, { drizzle }, { migrate }] = await Promise.all([
    import("@electric-sql/pglite"),
    import("drizzle-orm/pglite"),
    import("drizzle-orm/pglite/migrator"),
  ]);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lite = await PGlite.create({
    dataDir: folder,
    postgresqlconf: ["shared_buffers=8MB", "max_wal_size=64MB"],
    // The default serializer of bytea blocks the event loop for seconds on larger values.
    serializers: { 17: (value: Uint8Array) => `\\x${Buffer.from(value).toString("hex")}` },
    parsers: { 17: (text: string) => Buffer.from(text.slice(2), "hex") },
  });
  failFast(lite);
  const db = drizzle({ client: lite, schema, casing: "snake_case" });
  await migrate(db, { migrationsFolder });
  const boss = new PgBoss({ db: fromPglite(lite), backend: "pglite", schedule: false });
  await startQueue(boss);
  const upkeep = setInterval(() => void maintain(lite), 10 * 60_000);
  upkeep.unref();
  const end = async () => {
    clearInterval(upkeep);
    await lite.close();
  };
  // Both drivers answer `execute` with `rows`, all that the project reads of a raw result.
  return { db: db as unknown as Db, boss, mode: "pglite" as const, end };
}

/** PGlite has no background processes: without this its write-ahead log grows for ever and deleted rows stay. */
async function maintain(lite: PGlite): Promise<void> {
  await lite.exec("CHECKPOINT").catch(() => undefined);
  await lite.exec("VACUUM").catch(() => undefined);
}

/** PGlite is one connection: using `db` inside a transaction would hang silently; this turns it into an error. */
function failFast(lite: PGlite): void {
  const inside = new AsyncLocalStorage<true>();
  const { query, exec, transaction } = lite;
  const refuse = () => {
    if (inside.getStore()) throw new Error("PGlite has one connection: inside a transaction use tx, not db");
  };
  lite.query = async function guardedQuery<T>(...args: Parameters<typeof query>) {
    refuse();
    return query.apply(lite, args) as ReturnType<typeof query<T>>;
  };
  lite.exec = async (...args) => {
    refuse();
    return exec.apply(lite, args);
  };
  lite.transaction = async (work) => {
    refuse();
    return transaction.call(lite, (tx) => inside.run(true, () => work(tx))) as ReturnType<typeof work>;
  };
}
