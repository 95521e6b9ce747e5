import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getTableName, is, sql, type SQL } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase, type Database, type Db } from "#app/db.server.ts";
import { TABLES, type Grants } from "#app/staff/grants.testing.ts";
import { asStaff, recordAudit } from "#app/staff/scope.server.ts";
import type { Authorities, Staff } from "#app/staff/staff.ts";
import * as helping from "#drizzle/helping.ts";
import * as incoming from "#drizzle/incoming.ts";
import * as schema from "#drizzle/schema.ts";
import { createDatabase, type TestDatabase } from "#tests/support/postgres.ts";

const tables = Object.values({ ...schema, ...incoming, ...helping }).filter((value) => is(value, PgTable));
const columnsOf = (name: string): string[] => {
  const table = tables.find((one) => getTableName(one) === name) ?? expect.fail(`no table ${name}`);
  return getTableConfig(table).columns.map((column) => column.name);
};
const owned = Object.keys(TABLES).filter((name) => columnsOf(name).includes("authority"));
const entryOf = (name: string): Grants => TABLES[name] ?? expect.fail(`no entry for ${name}`);
const table = (name: string) => sql.identifier(name);

test("every table of the schema has an entry, and every table but that of processes belongs to an authority", () => {
  expect(Object.keys(TABLES).toSorted()).toEqual(tables.map(getTableName).toSorted());
  expect(Object.keys(TABLES).filter((name) => !owned.includes(name))).toEqual(["workers"]);
});

const somebody = (authorities: Authorities): Staff => ({
  subject: "s".repeat(22),
  roles: [{ role: "clerk", authorities }],
});

async function valuesOf(db: Db, query: SQL): Promise<unknown[]> {
  const { rows } = await db.execute<{ value: unknown }>(query);
  return rows.map(({ value }) => value);
}
const authoritiesIn = (db: Db, name: string, where = sql`true`) =>
  valuesOf(db, sql`select distinct authority as value from ${table(name)} where ${where} order by 1`);
const userOf = (db: Db) => valuesOf(db, sql`select current_user as value`);
const settingIn = (db: Db) => valuesOf(db, sql`select coalesce(current_setting('app.authorities', true), '') as value`);
const notedIn = (db: Db, subject: string) =>
  valuesOf(
    db,
    sql`select concat_ws(' ', actor, role, authority, action) as value from audit where subject = ${subject}`,
  );

describe.each(["PGlite", "PostgreSQL"])("staff in %s", (kind) => {
  let testDatabase: TestDatabase | undefined;
  let folder = "";
  let database: Database;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "scope-"));
    testDatabase = kind === "PostgreSQL" ? await createDatabase() : undefined;
    database = await openDatabase({ root: process.cwd(), dataDir: folder, databaseUrl: testDatabase?.url });
    for (const { row } of Object.values(TABLES)) {
      for (const authority of ["potsdam", "barnim"]) await database.db.execute(row(authority));
    }
  });
  afterAll(async () => {
    await database.close();
    await testDatabase?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const scoped = <T>(authorities: Authorities, work: (tx: Db) => Promise<T>) =>
    asStaff({ database }, somebody(authorities), "clerk", work);
  const inPotsdam = <T>(work: (tx: Db) => Promise<T>) => scoped(["potsdam"], work);

  /** Why the database refuses a statement of staff. */
  async function refusal(statement: SQL, authorities: Authorities = ["potsdam"]): Promise<string> {
    try {
      await scoped(authorities, (tx) => tx.execute(statement));
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined;
      return cause instanceof Error ? cause.message : String(error);
    }
    return "done";
  }

  test("are tried at every table that there is, wherever its schema stands", async () => {
    const found = sql`select relname as value from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
    expect((await valuesOf(database.db, found)).toSorted()).toEqual(Object.keys(TABLES).toSorted());
  });

  test.each(Object.keys(TABLES))("read of %s what is granted, no column more", async (name) => {
    const { reads } = entryOf(name);
    for (const column of columnsOf(name)) {
      const found = await refusal(sql`select ${sql.identifier(column)} from ${table(name)}`);
      expect(`${column}: ${found}`).toMatch(reads.includes(column) ? /: done$/ : /: permission denied/);
    }
  });

  test.each(owned)("see rows of their own authority in %s, and those of nobody else", async (name) => {
    if (!entryOf(name).reads.includes("authority")) {
      expect(await refusal(sql`select count(*) from ${table(name)}`)).toMatch(/permission denied/);
      return;
    }
    expect(await inPotsdam((tx) => authoritiesIn(tx, name))).toEqual(["potsdam"]);
    expect(await scoped([], (tx) => authoritiesIn(tx, name))).toEqual([]);
    expect(await scoped(["barnim", "potsdam"], (tx) => authoritiesIn(tx, name))).toEqual(["barnim", "potsdam"]);
    expect(await scoped("all", (tx) => authoritiesIn(tx, name))).toEqual(["barnim", "potsdam"]);
  });

  test.each(Object.keys(TABLES))("change of %s what is granted, no column more", async (name) => {
    const { updates = [] } = entryOf(name);
    for (const column of columnsOf(name)) {
      const found = await refusal(sql`update ${table(name)} set ${sql.identifier(column)} = default where false`);
      expect(`${column}: ${found}`).toMatch(updates.includes(column) ? /: done$/ : /: permission denied/);
    }
  });

  test.each(owned.filter((name) => entryOf(name).change))(
    "change rows of their own authority in %s, and those of nobody else",
    async (name) => {
      const { set, isMade } = entryOf(name).change ?? expect.fail();
      await inPotsdam((tx) => tx.execute(sql`update ${table(name)} set ${set}`));
      await inPotsdam((tx) => tx.execute(sql`update ${table(name)} set ${set} where authority = 'barnim'`));
      expect(await authoritiesIn(database.db, name, isMade)).toEqual(["potsdam"]);
    },
  );

  test.each(Object.keys(TABLES))("add to %s for their own authority or not at all", async (name) => {
    const { inserts, row } = entryOf(name);
    expect(await refusal(row("potsdam"))).toMatch(inserts ? /^done$/ : /permission denied/);
    expect(await refusal(row("barnim"))).toMatch(inserts ? /row-level security/ : /permission denied/);
    expect(await refusal(row("barnim"), [])).toMatch(inserts ? /row-level security/ : /permission denied/);
  });

  test.each(Object.keys(TABLES))("delete nothing of %s", async (name) => {
    expect(await refusal(sql`delete from ${table(name)} where false`)).toMatch(/permission denied/);
    expect(await refusal(sql`truncate ${table(name)}`)).toMatch(/permission denied/);
  });

  test("do not reach the queue, and make no tables", async () => {
    expect(await refusal(sql`select * from pgboss.job`)).toMatch(/permission denied/);
    expect(await refusal(sql`create table mine (id int)`)).toMatch(/permission denied/);
  });

  test("leave the service as it was: it sees everything before, between and after them", async () => {
    const before = await userOf(database.db);
    await inPotsdam((tx) => authoritiesIn(tx, "cases"));
    await expect(inPotsdam(() => Promise.reject(new Error("broken off")))).rejects.toThrow("broken off");
    expect(await userOf(database.db)).toEqual(before);
    for (const name of owned) expect(await authoritiesIn(database.db, name)).toEqual(["barnim", "potsdam"]);
  });

  test("take nothing along to the next transaction of a connection", async () => {
    // More than the pool has connections, so that each has been used.
    await Promise.all(Array.from({ length: 12 }, () => inPotsdam((tx) => authoritiesIn(tx, "cases"))));
    const left = await Promise.all(Array.from({ length: 12 }, () => database.db.transaction(settingIn)));
    expect(new Set(left.flat())).toEqual(new Set([""]));
    const bare = database.db.transaction(async (tx) => {
      await tx.execute(sql`set local role aufenthalt_staff`);
      return authoritiesIn(tx, "cases");
    });
    expect(await bare).toEqual([]);
  });

  test("have no way round the list: an id with a comma, a star or a quote is refused before the database sees it", async () => {
    for (const trick of ["potsdam,barnim", "*", "'", '"', "", " potsdam", "potsdam\n", "POTSDAM"]) {
      const work = scoped([trick], (tx) => authoritiesIn(tx, "cases"));
      await expect(work).rejects.toMatchObject({ code: "authorityInvalid" });
    }
    const other = asStaff({ database }, somebody(["potsdam"]), "lead", (tx) => authoritiesIn(tx, "cases"));
    await expect(other).rejects.toMatchObject({ code: "roleMissing" });
  });

  describe("note what they do", () => {
    test("with who, in which role, for whom, in the transaction that does it", async () => {
      await inPotsdam((tx) => recordAudit(tx, somebody([]), "resend", "m-1", "potsdam"));
      expect(await notedIn(database.db, "m-1")).toEqual([`${"s".repeat(22)} clerk potsdam resend`]);
      const broken = inPotsdam(async (tx) => {
        await recordAudit(tx, somebody([]), "resend", "m-2", "potsdam");
        throw new Error("broken off");
      });
      await expect(broken).rejects.toThrow("broken off");
      expect(await notedIn(database.db, "m-2")).toEqual([]);
    });

    test("for no other authority, and for the whole service only if they act for all", async () => {
      for (const authority of ["barnim", null]) {
        const work = inPotsdam((tx) => recordAudit(tx, somebody([]), "resend", "m-3", authority));
        await expect(work).rejects.toThrow();
      }
      await scoped("all", (tx) => recordAudit(tx, somebody([]), "drill", "m-4", null));
      expect([await notedIn(database.db, "m-3"), await notedIn(database.db, "m-4")]).toEqual([
        [],
        [`${"s".repeat(22)} clerk drill`],
      ]);
    });
  });
});
