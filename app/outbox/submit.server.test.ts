import { count, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { fileApplication, type Filing } from "#app/outbox/submit.server.ts";
import { eventsOf, findCase } from "#app/store/cases.server.ts";
import { changeDraft, findDraft } from "#app/store/drafts.server.ts";
import { openManifest } from "#app/store/manifest.server.ts";
import { readReceipt, receiptHash } from "#app/store/receipt.server.ts";
import { blobs, cases, drafts, events, outbox } from "#drizzle/schema.ts";
import { databaseKinds, openApp } from "#tests/support/app.ts";
import { completeDraft, newHolder } from "#tests/support/filing.ts";

async function wake(): Promise<never> {
  throw new Error("queue gone");
}

describe.each(databaseKinds)("filing in %s", (kind) => {
  let app: App;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ app, close } = await openApp(kind));
  });
  afterAll(() => close());

  async function figures() {
    const { db } = app.database;
    const of = async (table: typeof cases | typeof outbox | typeof events | typeof drafts) =>
      (await db.select({ rows: count() }).from(table))[0]?.rows;
    const { rows } = await db.execute<{ jobs: number }>(
      sql`select count(*)::int jobs from pgboss.job where name = 'outbox'`,
    );
    return {
      cases: await of(cases),
      outbox: await of(outbox),
      events: await of(events),
      drafts: await of(drafts),
      jobs: rows[0]?.jobs ?? 0,
    };
  }

  const filedCase = async ({ holder }: Filing) => {
    const found = await findCase(app.database.db, holder, app.now());
    const [row] = await app.database.db
      .select()
      .from(outbox)
      .where(eq(outbox.caseId, found?.id ?? ""));
    if (!found || !row) throw new Error("nothing was filed");
    return { found, row };
  };

  test("freezes the draft: one case, one message, one event, one job, the file with its new owner, no draft", async () => {
    const before = await figures();
    const { filing, file } = await completeDraft(app);
    const filed = await fileApplication(app, filing);
    const { found, row } = await filedCase(filing);
    expect(filed).toEqual({ ok: true, reference: found.reference });
    expect(await figures()).toEqual({
      cases: before.cases! + 1,
      outbox: before.outbox! + 1,
      events: before.events! + 1,
      drafts: before.drafts!,
      jobs: before.jobs + 1,
    });
    expect((await eventsOf(app.database.db, found.id)).map((event) => event.kind)).toEqual(["filed"]);
    expect(row).toMatchObject({
      state: "waiting",
      kind: "application",
      attempts: 0,
      progress: {},
      authority: "potsdam",
    });
    const [blob] = await app.database.db.select().from(blobs).where(eq(blobs.id, file.id));
    expect(blob).toMatchObject({ owner: found.id, expiresAt: found.expiresAt });
  });

  test("worker, applicant and receipt have the same application, byte by byte", async () => {
    const { filing, file } = await completeDraft(app);
    await fileApplication(app, filing);
    const { found, row } = await filedCase(filing);
    const manifest = await openManifest(app.keys, row.id, { sealed: row.sealed, deliveryWrap: row.deliveryWrap! });
    expect(manifest.payload).toBe(found.copy.payload);
    expect(JSON.parse(manifest.payload)).toMatchObject({
      messageId: row.id,
      reference: found.reference,
      language: "de",
    });
    expect(manifest.files).toMatchObject([
      { id: file.id, key: file.key, sha512: file.sha512, code: "PASS", filename: "PASS-1.pdf" },
    ]);
    const receipt = await readReceipt(app.keys.receiptJwks, found.receipt);
    expect(receipt).toMatchObject({
      reference: found.reference,
      files: 1,
      hash: receiptHash(Buffer.from(found.copy.payload)),
    });
  });

  test("pressed twice at once, it files once and answers the same", async () => {
    const before = await figures();
    const { filing } = await completeDraft(app);
    const answers = await Promise.all([
      fileApplication(app, filing),
      fileApplication(app, filing),
      fileApplication(app, filing),
    ]);
    expect(answers[0]).toMatchObject({ ok: true });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await fileApplication(app, filing)).toEqual(answers[0]);
    expect(await figures()).toMatchObject({
      cases: before.cases! + 1,
      outbox: before.outbox! + 1,
      events: before.events! + 1,
      jobs: before.jobs + 1,
    });
  });

  test("a failure at the last moment leaves the draft and nothing half-filed, and the next try works", async () => {
    const { filing, file } = await completeDraft(app);
    const before = await figures();
    const broken: App = { ...app, database: { ...app.database, wake } };
    await expect(fileApplication(broken, filing)).rejects.toThrow("queue gone");
    expect(await figures()).toEqual(before);
    const [blob] = await app.database.db.select().from(blobs).where(eq(blobs.id, file.id));
    expect(blob?.owner).toBe(filing.holder.id);
    expect(await findDraft(app.database.db, filing.holder, app.now())).toMatchObject({ revision: 1 });
    expect(await fileApplication(app, filing)).toMatchObject({ ok: true });
  });

  test("an answer that was taken back in another tab stops it, and the draft stays", async () => {
    const { filing } = await completeDraft(app);
    const time = { now: app.now(), expiresAt: new Date(app.now().getTime() + 1_000_000) };
    await changeDraft(app.database.db, filing.holder, time, ({ content }) => {
      const { dateOfBirth: _gone, ...answers } = content.answers;
      return { ...content, answers };
    });
    expect(await fileApplication(app, filing)).toEqual({ ok: false, reason: "incomplete" });
    expect(await findDraft(app.database.db, filing.holder, app.now())).toBeDefined();
  });

  test("without a draft, or at an authority without interface, nothing is filed", async () => {
    const { filing } = await completeDraft(app);
    const before = await figures();
    expect(await fileApplication(app, { ...filing, holder: newHolder() })).toEqual({ ok: false, reason: "noDraft" });
    const authority = { ...filing.authority, transport: { kind: "none" } as const };
    expect(await fileApplication(app, { ...filing, authority })).toEqual({ ok: false, reason: "notConnected" });
    expect(await figures()).toEqual(before);
  });
});
