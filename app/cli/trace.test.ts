import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SERVICE_LOCK, takeLock } from "#app/cli/lock.mjs";
import { openDatabase, type Db } from "#app/db.server.ts";
import { formatReference } from "#app/store/access-code.ts";
import { alerts, attempts, cases, destinations, events, mails, outbox } from "#drizzle/schema.ts";
import { createDatabase, type TestDatabase } from "#tests/support/postgres.ts";

const REFERENCE = formatReference(Buffer.from("trace-me"));
const UNKNOWN = formatReference(Buffer.from("nobody!!"));
const at = (seconds: number) => new Date(Date.parse("2026-11-21T09:00:00Z") + seconds * 1_000);
const [id, caseId] = [randomUUID(), randomUUID()];

/** A case whose application went out at the second attempt and was rejected. */
async function seed(db: Db): Promise<void> {
  const of = { authority: "potsdam", messageId: id } as const;
  const sealed = { wrappedKey: Buffer.from("k"), applicantCopy: Buffer.from("secret-copy"), receipt: "secret-receipt" };
  await db.insert(cases).values({
    ...sealed,
    id: caseId,
    authority: "potsdam",
    reference: REFERENCE,
    service: "W-18g",
    accessId: "secret-access",
    contact: "secret-contact",
    filedAt: at(0),
    expiresAt: new Date("2099-01-01"),
  });
  await db.insert(outbox).values({
    id,
    caseId,
    authority: "potsdam",
    kind: "application",
    state: "rejected",
    destination: "fit-connect:abc",
    progress: { stage: "sent", proof: "secret-proof" },
    stage: "sent",
    attempts: 0,
    queuedAt: at(0),
    nextAttemptAt: at(60),
    sealed: Buffer.from("secret-manifest"),
    createdAt: at(0),
  });
  await db.insert(attempts).values([
    { ...of, at: at(2), tookMs: 30_000, stage: "announced", code: "timeout" },
    { ...of, at: at(40), tookMs: 210, stage: "sent", code: null },
  ]);
  await db.insert(events).values([
    { ...of, caseId, kind: "filed", at: at(0), data: {} },
    { ...of, caseId, kind: "rejected", at: at(50), data: { codes: ["schema-violation"] }, proof: "secret-jws" },
  ]);
  await db.insert(alerts).values({ kind: "stuck", subject: id, authority: "potsdam", raisedAt: at(30) });
  await db.insert(mails).values({
    id: randomUUID(),
    purpose: "rejected",
    audience: "applicant",
    authority: "potsdam",
    caseId,
    messageId: id,
    onceKey: "secret-once",
    state: "sent",
    nextAttemptAt: at(51),
    createdAt: at(51),
    sentAt: at(55),
  });
  const circuit = { failures: 6, lastError: "unreachable", openedAt: at(70), probeAt: at(130) };
  await db.insert(destinations).values({ id: "fit-connect:abc", authority: "potsdam", ...circuit });
}

type Answer = { code: number; out: string; err: string };

/** Runs the command as npm does. */
function trace(words: readonly string[], env: Record<string, string>): Promise<Answer> {
  return new Promise((resolve) => {
    const options = { encoding: "utf8", env: { NODE_ENV: "test", PATH: process.env["PATH"], ...env } } as const;
    execFile(process.execPath, ["app/cli/trace.ts", ...words], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

describe("the trace of a case on PostgreSQL", () => {
  let testDatabase: TestDatabase;
  let env: Record<string, string>;

  beforeAll(async () => {
    testDatabase = await createDatabase();
    const database = await openDatabase({ root: process.cwd(), dataDir: "", databaseUrl: testDatabase.url });
    await seed(database.db);
    await database.close();
    env = { DATABASE_URL: testDatabase.url };
  }, 60_000);
  afterAll(() => testDatabase.drop());

  test("has stages, times and codes in their order, in the time of Berlin", async () => {
    const { code, out, err } = await trace([REFERENCE], env);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      `reference  ${REFERENCE}`,
      "authority  potsdam",
      "service    W-18g",
      "filed      2026-11-21 10:00:00",
      "",
      `application ${id}`,
      "  state        rejected, stage sent, failed attempts 0, last code none",
      "  next         none",
      "  queued       2026-11-21 10:00:00",
      "  destination  fit-connect:abc, circuit open since 2026-11-21 10:01:10, 6 failures, last unreachable, next probe 2026-11-21 10:02:10",
      "  2026-11-21 10:00:00  event    filed",
      "  2026-11-21 10:00:02  attempt  timeout, stage announced, 30000 ms",
      "  2026-11-21 10:00:30  alert    stuck, open",
      "  2026-11-21 10:00:40  attempt  ok, stage sent, 210 ms",
      "  2026-11-21 10:00:50  event    rejected schema-violation",
      "  2026-11-21 10:00:55  mail     rejected to the applicant, sent",
      "",
    ]);
  });

  test("takes a reference however it is typed, and prints nothing sealed", async () => {
    const typed = REFERENCE.toLowerCase().split("-");
    const { code, out } = await trace(typed, env);
    expect(code).toBe(0);
    expect(out).toContain(id);
    expect(out).not.toContain("secret");
  });

  test("says that a case does not exist with 1, and wrong use with 2", async () => {
    expect(await trace([UNKNOWN], env)).toMatchObject({ code: 1, out: "" });
    expect(await trace([], env)).toMatchObject({ code: 2, out: "", err: expect.stringContaining("REFERENCE") });
    expect(await trace(["ABCD"], env)).toMatchObject({ code: 2, out: "" });
    expect(await trace(["--help"], env)).toMatchObject({ code: 2, out: "" });
  });

  test("names no password when the database does not answer", async () => {
    const { code, err } = await trace([REFERENCE], { DATABASE_URL: "postgresql://u:geheim@127.0.0.1:1/none" });
    expect(code).toBe(2);
    expect(err).not.toContain("geheim");
  });
});

describe("the trace of a case in the embedded database", () => {
  let dataDir: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "trace-"));
    env = { DATA_DIR: dataDir };
    const database = await openDatabase({ root: process.cwd(), dataDir });
    await seed(database.db);
    await database.close();
  }, 60_000);
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  test("is read when the service is stopped", async () => {
    const { code, out } = await trace([REFERENCE], env);
    expect(code).toBe(0);
    expect(out).toContain("attempt  timeout");
  });

  test("is refused while the service runs, with the way to go", async () => {
    const lock = takeLock(join(dataDir, SERVICE_LOCK));
    const { code, err } = await trace([REFERENCE], env);
    if (lock.ok) lock.release();
    expect(code).toBe(2);
    expect(err).toContain("/operator");
    expect((await trace([REFERENCE], env)).code).toBe(0);
  });

  test("says so when there is none", async () => {
    expect(await trace([REFERENCE], { DATA_DIR: join(dataDir, "nothing") })).toMatchObject({ code: 2, out: "" });
  });
});
