import { sql } from "drizzle-orm";
import pg from "pg";
import { figureOf, median, type Figure } from "../figures.ts";
import { openDatabase, type Database, type Db } from "#app/db.server.ts";
import { dueMessages, dueQuestions } from "#app/outbox/due.server.ts";
import { claim, settle } from "#app/outbox/queue.server.ts";
import { destinations, outbox } from "#drizzle/schema.ts";
import { startPostgres } from "#tests/support/postgresServer.ts";

const ALIVE = 50;
const RUNS = 7;
const [FEW, MANY] = [1_000, 1_000_000];
const HOUR = 3_600_000;
const PIECE = 100_000;

/** Why a receiver's messages wait, as it stands in its row. */
const silences = {
  dead: (now: Date) => ({ failures: 5, openedAt: now, probeAt: new Date(now.getTime() + HOUR) }),
  paused: (now: Date) => ({ pausedAt: now }),
} as const;

/** Fills the outbox with so many due messages, all but 50 for one silent receiver, as large as small applications. */
async function fill(db: Db, count: number, silence: keyof typeof silences, now: Date): Promise<void> {
  await db.execute(sql`truncate ${outbox}, ${destinations}`);
  await db.insert(destinations).values([
    { id: "test:silent", authority: "potsdam", ...silences[silence](now) },
    { id: "test:alive", authority: "barnim" },
  ]);
  // Filled in pieces that end before any statement is taken for hanging.
  for (let begun = 0; begun < count; begun += PIECE) {
    await db.execute(sql`
    insert into ${outbox} (id, case_id, authority, kind, state, destination, progress, attempts, queued_at, next_attempt_at,
      sealed, created_at)
    select gen_random_uuid(), gen_random_uuid(), 'potsdam', 'application', 'waiting',
      case when n <= ${ALIVE} then 'test:alive' else 'test:silent' end, '{}', 0, now() - interval '1 day',
      now() - interval '1 day' + n * interval '1 millisecond', decode(repeat('ab', 200), 'hex'), now() - interval '1 day'
    from generate_series(${begun + 1}::int, ${Math.min(begun + PIECE, count)}::int) as n`);
  }
  await db.execute(sql`vacuum analyze ${outbox}`);
  await db.execute(sql`checkpoint`);
  await db.execute(sql`analyze ${destinations}`);
}

/** Milliseconds to find what is due, to take one message and to settle it; each round has another message. */
async function rounds(db: Db): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ALIVE; round += 1) {
    const now = new Date();
    const begun = performance.now();
    const [first] = await dueMessages(db, now, { ofEach: 32, inAll: 256 });
    await dueQuestions(db, now, 256);
    const claimed = first && (await claim(db, first.id, now));
    if (claimed?.outcome !== "held") throw new Error("queue: nothing could be taken");
    await settle(db, claimed.row, { nextAttemptAt: new Date(now.getTime() + HOUR), attempts: 1 });
    times.push(performance.now() - begun);
  }
  await db.execute(
    sql`update ${outbox} set next_attempt_at = now() - interval '1 day' where destination = 'test:alive'`,
  );
  return times;
}

/** Both sizes in turn, so that whatever else the machine does weighs on both. */
async function compared(few: Db, many: Db, silence: keyof typeof silences): Promise<Figure> {
  await fill(few, FEW, silence, new Date());
  await fill(many, MANY, silence, new Date());
  // The first round warms up.
  await Promise.all([rounds(few), rounds(many)]);
  const times: { few: number[]; many: number[] } = { few: [], many: [] };
  for (let run = 0; run < RUNS; run += 1) {
    times.few.push(...(await rounds(few)));
    times.many.push(...(await rounds(many)));
  }
  const [fewMs, manyMs] = [median(times.few), median(times.many)];
  console.error(`bench: queue, ${silence}: ${fewMs.toFixed(2)} ms with ${FEW}, ${manyMs.toFixed(2)} ms with ${MANY}`);
  const measured = { name: `queue.${silence}`, value: manyMs / fewMs, unit: "ratio", mode: "PostgreSQL" } as const;
  return figureOf(measured, { atMost: 1.2 });
}

/** What a message costs in the queue with a million waiting for a dead or paused receiver, compared with a thousand. */
export async function benchQueue(): Promise<Figure[]> {
  const server = await startPostgres();
  const openNew = async (name: string): Promise<Database> => {
    const client = new pg.Client({ connectionString: `${server.url}/postgres` });
    await client.connect();
    await client.query(`create database ${name}`);
    await client.end();
    return openDatabase({ root: process.cwd(), dataDir: "", databaseUrl: `${server.url}/${name}` });
  };
  try {
    const [few, many] = [await openNew("few"), await openNew("many")];
    const figures = [await compared(few.db, many.db, "dead"), await compared(few.db, many.db, "paused")];
    await Promise.all([few.close(), many.close()]);
    return figures;
  } finally {
    await server.stop();
  }
}
