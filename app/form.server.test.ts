import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formOf } from "#app/form.server.ts";
import { formPlace } from "#app/outbox/message.server.ts";
import { fileApplication } from "#app/outbox/submit.server.ts";
import { findCase } from "#app/store/cases.server.ts";
import { openManifest } from "#app/store/manifest.server.ts";
import { blobs, outbox } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { completeDraft } from "#tests/support/filing.ts";

let opened: TestApp;
beforeAll(async () => {
  opened = await openApp();
});
afterAll(() => opened.close());

/** Files an application and finds what worker and applicant know of its PDF. */
async function file() {
  const { app } = opened;
  const { db } = app.database;
  const { filing } = await completeDraft(app);
  expect(await fileApplication(app, filing)).toMatchObject({ ok: true });
  const found = await findCase(db, filing.holder, app.now());
  const [row] = await db
    .select()
    .from(outbox)
    .where(eq(outbox.caseId, found?.id ?? ""));
  const manifest = await openManifest(app.keys, row!.id, { sealed: row!.sealed, deliveryWrap: row!.deliveryWrap! });
  const own = found!.copy.messages[0]!;
  return { caseId: found!.id, manifest, own, form: formPlace(manifest)! };
}

test("the PDF is drawn when filing, for authority and applicant alike, and kept sealed with the case's files", async () => {
  const { app } = opened;
  const { caseId, manifest, own, form } = await file();
  expect(own.form).toEqual(form);
  const [row] = await app.database.db.select().from(blobs).where(eq(blobs.id, form.id));
  expect(row).toMatchObject({ owner: caseId });
  const forAuthority = await formOf(app, { payload: "{}", form });
  expect(Buffer.from(forAuthority).subarray(0, 5).toString()).toBe("%PDF-");
  expect(row?.size).toBe(forAuthority.length);
  expect(await formOf(app, own)).toEqual(forAuthority);
  expect(manifest.files.map(({ id }) => id)).not.toContain(form.id);
});

test("one that is damaged or gone is drawn anew", async () => {
  const { app } = opened;
  const { own, form } = await file();
  const kept = await formOf(app, own);
  writeFileSync(join(app.env.dataDir, "files", form.id.slice(0, 2), form.id), "damaged");
  expect((await formOf(app, own)).length).toBeCloseTo(kept.length, -3);
  await app.blobs.remove(form.id);
  expect((await formOf(app, own)).length).toBeCloseTo(kept.length, -3);
});

test("a store that takes nothing does not touch the filing", async () => {
  const { app } = opened;
  const full = {
    ...app,
    blobs: { ...app.blobs, write: () => Promise.reject(new Error("disk full")) },
  };
  const { filing } = await completeDraft(app);
  expect(await fileApplication(full, filing)).toMatchObject({ ok: true });
});

test("what was filed before PDFs were kept is drawn", async () => {
  const { own } = await file();
  const drawn = await formOf(opened.app, { payload: own.payload });
  expect(Buffer.from(drawn).subarray(0, 5).toString()).toBe("%PDF-");
  await expect(formOf(opened.app, { payload: "{}", form: { id: randomUUID(), key: "" } })).rejects.toThrow();
});
