import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { fileApplication } from "#app/outbox/submit.server.ts";
import { findCase } from "#app/store/cases.server.ts";
import { recordDocument } from "#app/store/documents.server.ts";
import { filedByDocument, filedByReference } from "#app/store/filed.server.ts";
import { matchesHolder } from "#app/store/holderCheck.server.ts";
import { deleteCase, sweep } from "#app/store/retention.server.ts";
import { documents, outbox } from "#drizzle/schema.ts";
import { p1 } from "#tests/support/applicant.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { completeDraft } from "#tests/support/filing.ts";

let opened: TestApp;
let app: App;

beforeAll(async () => {
  opened = await openApp();
  app = opened.app;
});
afterAll(() => opened.close());

/** A case of P1 and a PDF of it that was handed out. */
async function filedCase() {
  const { filing } = await completeDraft(app);
  await fileApplication(app, filing);
  const found = (await findCase(app.database.db, filing.holder, app.now()))!;
  const pdf = Buffer.from(`%PDF of ${found.reference}`);
  await recordDocument(app.database.db, found.id, pdf, found.filedAt);
  return { found, pdf, sha256: createHash("sha256").update(pdf).digest("hex") };
}

test("a case is found by its reference and by the hash of its PDF, with what compares its holder", async () => {
  const { found, sha256 } = await filedCase();
  const { db } = app.database;
  const byReference = await filedByReference(db, found.reference, app.now());
  expect(byReference).toMatchObject({ reference: found.reference, authority: "potsdam", filedAt: found.filedAt });
  expect(await filedByDocument(db, sha256, app.now())).toEqual(byReference);
  expect(matchesHolder(app.keys, byReference?.holderCheck, p1.answers)).toBe(true);
  expect(matchesHolder(app.keys, byReference?.holderCheck, { ...p1.answers, dateOfBirth: "1991" })).toBe(false);
});

test("the PDF of a supplement tells when that was filed, of the same case", async () => {
  const { found } = await filedCase();
  const { db } = app.database;
  const pdf = Buffer.from(`%PDF of more of ${found.reference}`);
  const filedAt = new Date(found.filedAt.getTime() + 3_600_000);
  await recordDocument(db, found.id, pdf, filedAt);
  const sha256 = createHash("sha256").update(pdf).digest("hex");
  expect(await filedByDocument(db, sha256, app.now())).toMatchObject({ reference: found.reference, filedAt });
  expect(await filedByReference(db, found.reference, app.now())).toMatchObject({ filedAt: found.filedAt });
});

test("a PDF counts once, from the first time on", async () => {
  const { found, pdf, sha256 } = await filedCase();
  const { db } = app.database;
  await recordDocument(db, found.id, pdf, new Date(app.now().getTime() + 1_000));
  const rows = await db.select().from(documents).where(eq(documents.caseId, found.id));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ sha256, authority: "potsdam", kind: "application", expiresAt: found.expiresAt });
  expect(rows[0]!.issuedAt).toEqual(found.filedAt);
});

test("of a case that is not there nothing is noted", async () => {
  const before = await app.database.db.$count(documents);
  await recordDocument(app.database.db, crypto.randomUUID(), Buffer.from("x"), app.now());
  expect(await app.database.db.$count(documents)).toBe(before);
});

test("nothing is found after the last day of a case", async () => {
  const { found, sha256 } = await filedCase();
  const { db } = app.database;
  expect(await filedByReference(db, found.reference, found.expiresAt)).toBeUndefined();
  expect(await filedByDocument(db, sha256, found.expiresAt)).toBeUndefined();
});

test.each(["deleted by its holder", "swept after its last day"])("a case %s takes its PDFs along", async (how) => {
  const { found, sha256 } = await filedCase();
  const { db } = app.database;
  await db.update(outbox).set({ state: "accepted" }).where(eq(outbox.caseId, found.id));
  if (how.startsWith("deleted")) await deleteCase(db, app.blobs, found.id);
  else await sweep(db, app.blobs, new Date(found.expiresAt.getTime() + 1), app.config.operator.retention);
  expect(await db.select().from(documents).where(eq(documents.sha256, sha256))).toEqual([]);
  expect(await filedByReference(db, found.reference, app.now())).toBeUndefined();
});
