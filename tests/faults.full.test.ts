import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { fillIn, referenceOf } from "./support/applicant.ts";
import { cuttableLine, type Line } from "./support/cuttable.ts";
import { createDatabase, type TestDatabase } from "./support/postgres.ts";
import { startStack, type Stack } from "./support/service.ts";
import { until } from "./support/until.ts";

const MINUTE = 60_000;

type Fault = {
  mode: "none" | "down" | "slow" | "nonsense" | "lying" | "lose-answer";
  delayMs?: number;
  count?: number;
};

const faultInForce = z.object({ mode: z.string() });

let stack: Stack;

const health = async () =>
  z.object({ status: z.string(), delivery: z.string() }).parse(await (await fetch(`${stack.url}/health`)).json());
const faultNow = async () =>
  faultInForce.parse(await (await fetch(`${stack.zustelldienst}/simulator/faults`)).json()).mode;
const isUp = async () => (await fetch(`${stack.url}/health`)).status === 200;
const isAccepted = (events: readonly string[]) => events.includes("accepted");

async function arrivals(reference: string): Promise<number> {
  const list = z
    .array(z.object({ reference: z.string() }))
    .parse(await (await fetch(`${stack.fachverfahren}/api/applications`)).json());
  return list.filter((application) => application.reference === reference).length;
}

describe("filing while the Zustelldienst", () => {
  beforeAll(async () => {
    stack = await startStack();
  }, 2 * MINUTE);
  afterAll(() => stack.stop());

  async function fault(value: Fault): Promise<void> {
    const init = { method: "POST", body: JSON.stringify(value), headers: { "content-type": "application/json" } };
    const answer = await fetch(`${stack.zustelldienst}/simulator/faults`, init);
    if (!answer.ok) throw new Error(`fault refused: ${answer.status}`);
  }

  test.each<[string, Fault]>([
    ["is down", { mode: "down", delayMs: 100 }],
    ["talks nonsense", { mode: "nonsense" }],
  ])(
    "%s works at once, and the application arrives once when that ends",
    async (_name, value) => {
      const applicant = await fillIn(stack.url);
      await fault(value);
      const reference = referenceOf(await applicant.submit());
      await until(health, ({ delivery }) => delivery === "degraded");
      expect(await applicant.events()).toEqual(["filed"]);
      expect(await arrivals(reference)).toBe(0);
      await fault({ mode: "none" });
      await until(applicant.events, isAccepted, MINUTE);
      expect(await arrivals(reference)).toBe(1);
      expect(await until(health, ({ delivery }) => delivery === "ok")).toMatchObject({ status: "ok" });
    },
    2 * MINUTE,
  );

  test.each<[string, Fault]>([
    ["is slow", { mode: "slow", delayMs: 500, count: 4 }],
    ["loses its answer", { mode: "lose-answer", count: 1 }],
  ])(
    "%s works at once, and the application arrives once",
    async (_name, value) => {
      const applicant = await fillIn(stack.url);
      await fault(value);
      const reference = referenceOf(await applicant.submit());
      await until(faultNow, (mode) => mode === "none");
      await until(applicant.events, isAccepted, MINUTE);
      expect(await arrivals(reference)).toBe(1);
    },
    2 * MINUTE,
  );

  test(
    "is not there at all works as well",
    async () => {
      const applicant = await fillIn(stack.url);
      await stack.stopZustelldienst();
      const reference = referenceOf(await applicant.submit());
      await until(health, ({ delivery }) => delivery === "degraded");
      await stack.restartZustelldienst();
      await until(applicant.events, isAccepted, MINUTE);
      expect(await arrivals(reference)).toBe(1);
    },
    2 * MINUTE,
  );

  test(
    "signs for other contents than it got works at once, and ends as an alarm instead of being believed or sent again",
    async () => {
      const applicant = await fillIn(stack.url);
      await fault({ mode: "lying", count: 1 });
      const reference = referenceOf(await applicant.submit());
      const events = await until(applicant.events, (seen) => seen.includes("stuck"), MINUTE);
      expect(events).toEqual(["filed", "stuck"]);
      expect(await until(health, ({ delivery }) => delivery === "degraded")).toMatchObject({ status: "degraded" });
      // What the authority makes of what it got is its own matter: it was sent once.
      expect(await arrivals(reference)).toBeLessThanOrEqual(1);
      expect(await applicant.events()).toEqual(["filed", "stuck"]);
    },
    2 * MINUTE,
  );
});

describe("when PostgreSQL", () => {
  let database: TestDatabase;
  let line: Line;
  let admin: pg.Client;

  beforeAll(async () => {
    database = await createDatabase();
    const direct = new URL(database.url);
    line = await cuttableLine(Number(direct.port));
    const throughLine = new URL(database.url);
    throughLine.port = String(line.port);
    stack = await startStack({ env: { DATABASE_URL: throughLine.href } });
    admin = new pg.Client({ connectionString: direct.href });
    await admin.connect();
  }, 2 * MINUTE);
  afterAll(async () => {
    await stack.stop();
    await admin.end();
    await line.close();
    await database.drop();
  });

  async function rows(table: "drafts" | "cases" | "outbox" | "events"): Promise<number> {
    const { rows: found } = await admin.query<{ n: number }>(`select count(*)::int n from ${table}`);
    return found[0]?.n ?? 0;
  }
  const figures = async () => ({
    drafts: await rows("drafts"),
    cases: await rows("cases"),
    outbox: await rows("outbox"),
    events: await rows("events"),
  });
  const waitingForLock = async () =>
    (
      await admin.query(
        "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      )
    ).rowCount ?? 0;

  test(
    "goes away in the middle of a submit, a page says so, nothing is half-filed, and pressing again works",
    async () => {
      const applicant = await fillIn(stack.url);
      const before = await figures();
      await admin.query("begin");
      await admin.query("lock table events in access exclusive mode");
      const pressed = applicant.press();
      await until(waitingForLock, (count) => count > 0);
      await line.cut();
      const { status, text } = await pressed;
      await admin.query("rollback");
      expect(status).toBe(500);
      expect(text).toContain("<h1");
      expect(text).not.toMatch(/ECONN|terminated|postgres|at async|node:internal/i);
      expect((await fetch(`${stack.url}/health`)).status).toBe(503);
      expect((await fetch(`${stack.url}/health/live`)).status).toBe(200);
      expect(await figures()).toEqual(before);

      await line.mend();
      await until(isUp, Boolean);
      const reference = referenceOf(await applicant.submit());
      await until(applicant.events, isAccepted, MINUTE);
      expect(await arrivals(reference)).toBe(1);
      expect(await figures()).toMatchObject({
        drafts: before.drafts - 1,
        cases: before.cases + 1,
        outbox: before.outbox + 1,
      });
    },
    2 * MINUTE,
  );

  test(
    "ends its connections between two statements, the service lives on",
    async () => {
      const applicant = await fillIn(stack.url);
      await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      );
      const reference = referenceOf(await until(applicant.submit, ({ url }) => url.pathname.endsWith("/receipt")));
      await until(applicant.events, isAccepted, MINUTE);
      expect(await arrivals(reference)).toBe(1);
    },
    2 * MINUTE,
  );
});
