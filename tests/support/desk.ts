import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { openDatabase, type Db } from "#app/db.server.ts";
import type { OutboxRow } from "#app/outbox/queue.server.ts";
import { alerts, attempts, cases, destinations, events, mails, outbox, workers } from "#drizzle/schema.ts";
import { lendDatabase } from "./lentDatabase.ts";
import { createDatabase } from "./postgres.ts";

/** When the operator looks. */
export const now = new Date("2026-11-21T12:00:00Z");
/** Minutes before that. */
export const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
/** A receiver of another authority. */
export const barnim = { authority: "barnim", destination: "test:barnim" };

/** A database with messages as the operator's pages meet them. */
export type Desk = Awaited<ReturnType<typeof openDesk>>;

async function opened(mode: "pglite" | "postgres") {
  if (mode === "postgres") {
    const made = await createDatabase();
    const database = await openDatabase({ root: process.cwd(), dataDir: "", databaseUrl: made.url });
    return { database, remove: made.drop };
  }
  const dataDir = mkdtempSync(join(tmpdir(), "desk-"));
  await lendDatabase(dataDir);
  const database = await openDatabase({ root: process.cwd(), dataDir });
  return { database, remove: async () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** Opens an empty database of a kind. */
export async function openDesk(mode: "pglite" | "postgres") {
  const { database, remove } = await opened(mode);
  const { db } = database;
  return {
    db,
    close: async () => {
      await database.close();
      await remove();
    },
    clear: async () => {
      for (const table of [outbox, cases, events, attempts, alerts, mails, workers, destinations])
        await db.delete(table);
    },
    /** As staff do it: under their role, which sees the rows of these authorities and no sealed column. */
    asStaff: <T>(authorities: string, work: (tx: Db) => Promise<T>): Promise<T> =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select set_config('app.authorities', ${authorities}, true)`);
        await tx.execute(sql`set local role aufenthalt_staff`);
        return work(tx as unknown as Db);
      }),
    newMessage: async (values: Partial<OutboxRow> = {}): Promise<string> => {
      const id = randomUUID();
      await db.insert(outbox).values({
        id,
        caseId: randomUUID(),
        authority: "potsdam",
        kind: "application",
        state: "waiting",
        destination: "test:potsdam",
        progress: { stage: "announced" },
        stage: "announced",
        attempts: 0,
        queuedAt: ago(60),
        nextAttemptAt: ago(1),
        sealed: Buffer.from("sealed"),
        createdAt: ago(60),
        ...values,
      });
      return id;
    },
    newCase: async (reference: string, values: Partial<typeof cases.$inferInsert> = {}): Promise<string> => {
      const id = randomUUID();
      const sealed = { accessId: id, wrappedKey: Buffer.from("k"), applicantCopy: Buffer.from("c"), receipt: "r" };
      const times = { filedAt: ago(60), expiresAt: new Date("2027-05-01") };
      await db
        .insert(cases)
        .values({ id, authority: "potsdam", reference, service: "W-18g", ...sealed, ...times, ...values });
      return id;
    },
    rowOf: async (id: string) => (await db.select().from(outbox).where(eq(outbox.id, id)))[0]!,
  };
}
