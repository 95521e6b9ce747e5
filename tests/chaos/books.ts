import { PGlite } from "@electric-sql/pglite";
import { asc, eq } from "drizzle-orm";
import { drizzle as overPostgres } from "drizzle-orm/node-postgres";
import { drizzle as overPglite } from "drizzle-orm/pglite";
import { join } from "node:path";
import pg from "pg";
import { z } from "zod";
import type { Db } from "#app/db.server.ts";
import { cases, destinations, outbox } from "#drizzle/schema.ts";
import * as schema from "#drizzle/schema.ts";
import { resendMessage, resumeDestination } from "#app/outbox/deskActs.server.ts";
import type { World } from "./world.ts";

/** A message as the service remembers it. */
export type Sent = { id: string; reference: string; kind: string; state: string; lastError: string | null };

const applications = z.array(z.object({ messageId: z.string(), state: z.string() }));
const statistics = z.object({ duplicates: z.number() });
const deliveries = z.object({ delivered: z.number(), repeated: z.number() });

async function json<T>(url: string, schemaOf: z.ZodType<T>): Promise<T> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return schemaOf.parse(await answer.json());
}

/** State of each message at its receiver, by its id. */
export async function receivedBy({ fachverfahren, gateway }: World): Promise<Map<string, string>> {
  const lists = await Promise.all([fachverfahren, gateway].map((url) => json(`${url}/api/applications`, applications)));
  return new Map(lists.flat().map(({ messageId, state }) => [messageId, state]));
}

/**
 * Messages that reached the Zustelldienst whole or lay in a mailbox of the gateway more than once, and those that a receiver took for
 * a repetition.
 */
export async function repetitionsOf(world: World): Promise<{ doubled: number; deduplicated: number }> {
  const { repeated } = await json(`${world.zustelldienst}/simulator/deliveries`, deliveries);
  const [office, gateway] = await Promise.all(
    [world.fachverfahren, world.gateway].map((url) => json(`${url}/statistics`, statistics)),
  );
  const again = gateway?.duplicates ?? 0;
  return { doubled: repeated + again, deduplicated: (office?.duplicates ?? 0) + again };
}

/** Works in the database of the service. On PGlite, which one process has to itself, the service rests meanwhile. */
async function inDatabase<T>(world: World, work: (db: Db) => Promise<T>): Promise<T> {
  if (world.postgres) {
    const client = new pg.Client({ connectionString: world.postgres.url });
    client.on("error", () => undefined);
    await client.connect();
    return work(overPostgres({ client, schema, casing: "snake_case" }) as Db).finally(() => client.end());
  }
  await world.end("service");
  const lite = await PGlite.create({ dataDir: join(world.dataDir, "pglite") });
  try {
    return await work(overPglite({ client: lite, schema, casing: "snake_case" }) as unknown as Db);
  } finally {
    await lite.close();
    await world.start("service");
  }
}

const messagesIn = (db: Db): Promise<Sent[]> => {
  const { id, kind, state, lastError, createdAt } = outbox;
  return db
    .select({ id, kind, state, lastError, reference: cases.reference })
    .from(outbox)
    .innerJoin(cases, eq(cases.id, outbox.caseId))
    .orderBy(asc(createdAt));
};

/** All messages, the oldest first. */
export const messagesOf = (world: World): Promise<Sent[]> => inDatabase(world, messagesIn);

/**
 * Whether a message may stay where it is because the Zustelldienst kept something false: it is alarmed, never taken for
 * delivered and never sent anew by itself.
 */
export function isFalsified(code: string | null): boolean {
  return code === "tagMismatch" || code === "invalidStatement";
}

/**
 * Does what an operator does on the page for it: lets every receiver go on, and sends again what has not arrived. What the
 * log told as foreign is looked at once more in calm weather; after that people have to talk first.
 * @returns the messages as they were found
 */
export function pressAllButtons(world: World, isFirst: boolean): Promise<Sent[]> {
  return inDatabase(world, async (db) => {
    const found = await messagesIn(db);
    for (const { id } of await db.select({ id: destinations.id }).from(destinations))
      await resumeDestination(db, id, new Date());
    for (const { id, state, lastError } of found)
      if (!["accepted", "rejected"].includes(state) && (isFirst || !isFalsified(lastError)))
        await resendMessage(db, id, new Date());
    return found;
  });
}
