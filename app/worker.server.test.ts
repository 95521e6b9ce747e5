import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eq } from "drizzle-orm";
import type { Transport } from "#app/connector/transport.ts";
import type { App } from "#app/context.server.ts";
import { fileApplication } from "#app/outbox/submit.server.ts";
import { findCase } from "#app/store/cases.server.ts";
import { sealManifest } from "#app/store/manifest.server.ts";
import { sha512 } from "#app/store/seal.server.ts";
import { startWorker, type Worker } from "#app/worker.server.ts";
import { outbox } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { completeDraft } from "#tests/support/filing.ts";
import { until } from "#tests/support/until.ts";

/** What arrived at the receiver, and what the receiver answers. */
type Delivered = { id: string; payload: string; attachments: { purpose: string; filename: string; sha512: string }[] };
const delivered: Delivered[] = [];

/** A receiver in this process that takes everything and accepts it at once. */
const receiver: Transport = {
  id: "fit-connect",
  parseOptions: (value) => value,
  selfTest: async () => ({ ok: true, findings: [] }),
  deliver: async (message) => {
    const attachments = [];
    for (const { purpose, filename, read } of message.attachments)
      attachments.push({ purpose, filename, sha512: sha512(await read()) });
    delivered.push({ id: message.id, payload: Buffer.from(message.data.bytes).toString(), attachments });
    return { done: true };
  },
  poll: async () => [{ kind: "accepted", at: new Date().toISOString(), remarks: [] }],
};

let opened: TestApp;
let app: App;
let worker: Worker;

beforeAll(async () => {
  opened = await openApp();
  app = { ...opened.app, transports: new Map([[receiver.id, receiver]]) };
  worker = await startWorker(app);
});
afterAll(async () => {
  await worker.stop(30_000);
  await opened.close();
});

async function rowOf(caseId: string) {
  const [row] = await app.database.db.select().from(outbox).where(eq(outbox.caseId, caseId));
  return row!;
}

async function filed() {
  const { filing, file } = await completeDraft(app);
  await fileApplication(app, filing);
  const found = (await findCase(app.database.db, filing.holder, app.now()))!;
  return { found, file, row: await rowOf(found.id) };
}

const arrived = (id: string) =>
  until(
    async () => delivered.filter((message) => message.id === id),
    (list) => list.length > 0,
  );
const accepted = (caseId: string) =>
  until(
    () => rowOf(caseId),
    ({ state }) => state === "accepted",
  );

test("a filed application arrives with its PDF and its files, once, and then cannot be opened any more", async () => {
  const { found, file, row } = await filed();
  const [message] = await arrived(row.id);
  expect(message?.payload).toBe(found.copy.payload);
  expect(message?.attachments).toMatchObject([
    { purpose: "form", filename: `Antrag-${found.reference}.pdf` },
    { purpose: "attachment", filename: "PASS-1.pdf", sha512: file.sha512 },
  ]);
  expect((await accepted(found.id)).deliveryWrap).toBeNull();
  expect(delivered.filter(({ id }) => id === row.id)).toHaveLength(1);
});

test("a PDF that cannot be drawn does not keep the application from its authority", async () => {
  const { found, row } = await filed();
  await until(
    () => rowOf(found.id),
    ({ state }) => state === "accepted",
  );
  const id = randomUUID();
  const manifest = {
    payload: '{"no":"application"}',
    schemaUri: "urn:x",
    service: { leika: "1", name: "x" },
    ars: "120540000000",
  };
  const rest = { reference: found.reference, filedOn: "2026-11-21", formId: randomUUID(), files: [] };
  const sealed = await sealManifest(app.keys, id, { ...manifest, ...rest });
  await app.database.db
    .insert(outbox)
    .values({ ...row, ...sealed, id, caseId: id, state: "waiting", nextAttemptAt: app.now(), leasedUntil: null });
  expect(await arrived(id)).toEqual([{ id, payload: manifest.payload, attachments: [] }]);
  await accepted(id);
});

test.each([
  ["damaged", "stuck", (path: string) => writeFileSync(path, "not what was sealed")],
  ["missing", "sending", (path: string) => rmSync(path)],
])("a message with a %s file is %s and never arrives without it", async (_what, state, spoil) => {
  const { filing, file } = await completeDraft(app);
  spoil(join(app.env.dataDir, "files", file.id.slice(0, 2), file.id));
  await fileApplication(app, filing);
  const found = (await findCase(app.database.db, filing.holder, app.now()))!;
  const row = await until(
    () => rowOf(found.id),
    ({ lastError }) => lastError !== null,
  );
  expect(row).toMatchObject({ state, lastError: "unreadable" });
  expect(delivered.filter(({ id }) => id === row.id)).toEqual([]);
});
