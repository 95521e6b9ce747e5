import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { collectAll } from "#app/incoming/collect.server.ts";
import { fileApplication } from "#app/outbox/submit.server.ts";
import { applicationOf, eventsOf, findCase } from "#app/store/cases.server.ts";
import { blobs } from "#drizzle/schema.ts";
import { appWithFolders, layAnswer, letterPdf, letterXml } from "#tests/support/authorityLetters.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { completeDraft } from "#tests/support/filing.ts";

let opened: TestApp;
let folder: string;
let app: App;
beforeAll(async () => {
  opened = await openApp("PostgreSQL");
  folder = mkdtempSync(join(tmpdir(), "at-once-"));
  app = appWithFolders(opened.app, folder);
});
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

test("letters that several processes collect at the same moment count once each, and leave no file without a letter", async () => {
  const { filing } = await completeDraft(app);
  await fileApplication(app, filing);
  const { db } = app.database;
  const found = (await findCase(db, filing.holder, app.now()))!;
  const head = { reference: found.reference, answersTo: (await applicationOf(db, found.id))! };
  const filesOf = async () => (await db.select().from(blobs).where(eq(blobs.owner, found.id))).length;
  const before = await filesOf();
  for (const name of ["1.xml", "2.xml", "3.xml"]) {
    layAnswer(folder, "potsdam", name, letterXml("130102", { frage: "Seit wann?", anlage: letterPdf }, head));
  }
  await Promise.all([collectAll(app), collectAll(app), collectAll(app)]);
  // One may have lost a file to another while it read.
  await collectAll(app);
  const kinds = (await eventsOf(db, found.id)).map(({ kind }) => kind);
  expect(kinds).toEqual(["filed", "question", "question", "question"]);
  expect(await filesOf()).toBe(before + 3);
  expect(readdirSync(join(folder, "potsdam", "answers"))).toEqual([]);
  expect(readdirSync(join(folder, "potsdam"))).not.toContain("refused");
});
