import { randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AppLoadContext } from "@remix-run/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { currentDraft, type OpenDraft } from "#app/routes/shared/draft.server.ts";
import {
  beginUpload,
  cancelUpload,
  completeUpload,
  lookUpUpload,
  putPart,
} from "#app/routes/shared/pendingUpload.server.ts";
import { collect } from "#app/store/blobs.server.ts";
import { bytesOf } from "#app/store/files.server.ts";
import { createDraft } from "#app/store/drafts.server.ts";
import { holderOf } from "#app/store/holder.server.ts";
import { sweep } from "#app/store/retention.server.ts";
import { MAX_PENDING } from "#app/store/upload.server.ts";
import { evidenceCodes } from "#flows/engine/evidence.ts";
import { openApp } from "#tests/support/app.ts";
import { contentOf } from "#tests/support/filing.ts";
import { PART, partOf, pdfOf } from "#tests/support/uploads.ts";

const DAY = 86_400_000;

let app: App;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ app, close } = await openApp());
});
afterAll(() => close());

/** A person with a new draft; `later` is the same person so many days after. */
async function person() {
  const secret = randomBytes(16);
  const holder = holderOf(secret);
  const expiresAt = new Date(app.now().getTime() + 30 * DAY);
  await createDraft(app.database.db, holder, { authority: "potsdam", content: contentOf({}), expiresAt });
  const contextIn = (days: number): AppLoadContext => {
    const now = () => new Date(app.now().getTime() + days * DAY);
    const session = { state: "open" as const, code: secret, member: 0, secret, holder, until: now() };
    const staff = { session: { state: "none" }, back: undefined } as const;
    const browser = { session, staff, isHelperBrowser: false, visit: "", formToken: "" };
    return { app: { ...app, now }, ...browser, nonce: "", isAdmitted: true, caller: "" };
  };
  const context = contextIn(0);
  const open = async (): Promise<OpenDraft> => (await currentDraft(context))!;
  return { context, contextIn, open, holder };
}

const bytes = pdfOf(PART + 100);
const passport = { code: "PASS", name: "pass.pdf", size: bytes.length } as const;

test("an upload ends with its draft, and is swept with all its parts", async () => {
  const { context, contextIn, open, holder } = await person();
  const { id } = await beginUpload(context, await open(), passport);
  expect(await putPart(context, await open(), id, 0, partOf(bytes, 0))).toBe(true);
  const periods = { applicantCopyDays: 90, eventMonths: 24, auditMonths: 12, indexDays: 30 };
  const sweepIn = (days: number) => sweep(app.database.db, app.blobs, contextIn(days).app.now(), periods);
  await sweepIn(29);
  expect(await lookUpUpload(context, await open(), id)).toMatchObject({ received: [0] });
  const opened = await open();
  await sweepIn(31);
  expect(await currentDraft(contextIn(31))).toBeUndefined();
  expect(await app.blobs.parts.received(id)).toBeUndefined();
  expect(await putPart(context, opened, id, 1, partOf(bytes, 1))).toBe(false);
  expect(await bytesOf(app.database.db, holder.id)).toBe(0);
});

test("a saved page keeps what is coming in as long as the draft", async () => {
  const { context, contextIn, open } = await person();
  const { id } = await beginUpload(context, await open(), passport);
  const later = contextIn(20);
  await beginUpload(later, (await currentDraft(later))!, { ...passport, code: "KV" });
  await sweep(app.database.db, app.blobs, contextIn(40).app.now(), {
    applicantCopyDays: 90,
    eventMonths: 24,
    auditMonths: 12,
    indexDays: 30,
  });
  expect(await lookUpUpload(context, (await currentDraft(contextIn(40)))!, id)).toMatchObject({ received: [] });
});

test("an upload whose beginning was cut off frees its room with the next one", async () => {
  const { context, open, holder } = await person();
  const { id } = await beginUpload(context, await open(), passport);
  await app.blobs.parts.remove(id);
  expect(await lookUpUpload(context, await open(), id)).toBeUndefined();
  await beginUpload(context, await open(), passport);
  expect(await bytesOf(app.database.db, holder.id)).toBe(passport.size);
});

test("a part that was damaged on the disk is never taken: all parts are asked for again", async () => {
  const { context, open } = await person();
  const { id } = await beginUpload(context, await open(), passport);
  for (const part of [0, 1]) await putPart(context, await open(), id, part, partOf(bytes, part));
  writeFileSync(join(app.env.dataDir, "files", id.slice(0, 2), `${id}.parts`, "1"), randomBytes(129));
  expect(await completeUpload(context, await open(), id)).toEqual({ kind: "missing", parts: [0, 1] });
  for (const part of [0, 1]) await putPart(context, await open(), id, part, partOf(bytes, part));
  expect(await completeUpload(context, await open(), id)).toMatchObject({ kind: "done", file: { size: bytes.length } });
});

test("completed twice at the same moment, a file is there once and whole", async () => {
  const { context, open } = await person();
  const { id } = await beginUpload(context, await open(), passport);
  for (const part of [0, 1]) await putPart(context, await open(), id, part, partOf(bytes, part));
  const opened = await open();
  const both = await Promise.all([1, 2].map(() => completeUpload(context, opened, id)));
  expect(both).toMatchObject([
    { kind: "done", file: { id } },
    { kind: "done", file: { id } },
  ]);
  const { answers, pending } = (await open()).draft.content;
  expect(answers).toMatchObject({ evidence: { PASS: { files: [{ id, size: bytes.length }] } } });
  expect(pending).toEqual({});
});

test("an upload that begins while another one begins does not take that for a broken one", async () => {
  const { context, open } = await person();
  const begun: string[] = [];
  const begin = async (id: string) => {
    if (begun.length === 0) {
      begun.push("");
      begun[0] = (await beginUpload(context, await open(), { ...passport, code: "KV" })).id;
    }
    await app.blobs.parts.begin(id);
  };
  const blobs = { ...app.blobs, parts: { ...app.blobs.parts, begin } };
  const { id } = await beginUpload({ ...context, app: { ...app, blobs } }, await open(), passport);
  for (const each of [id, begun[0]!])
    expect(await lookUpUpload(context, await open(), each)).toMatchObject({ id: each });
});

test("a file that is removed while it is being made does not come back, and no bytes stay", async () => {
  const { context, open, holder } = await person();
  const { id } = await beginUpload(context, await open(), passport);
  for (const part of [0, 1]) await putPart(context, await open(), id, part, partOf(bytes, part));
  const opened = await open();
  // The parts are read and sealed as one before the removal, and put in their place after it.
  const write: App["blobs"]["write"] = async (blob, key, stream) => {
    const all = await collect(stream);
    expect(await cancelUpload(context, opened, id)).toBe(true);
    async function* once() {
      yield all;
    }
    await app.blobs.write(blob, key, once());
  };
  const slow = { ...context, app: { ...app, blobs: { ...app.blobs, write } } };
  expect(await completeUpload(slow, opened, id)).toEqual({ kind: "gone" });
  const { answers, pending } = (await open()).draft.content;
  expect([answers["evidence"], pending]).toEqual([undefined, {}]);
  expect(existsSync(join(app.env.dataDir, "files", id.slice(0, 2), id))).toBe(false);
  expect(await bytesOf(app.database.db, holder.id)).toBe(0);
});

test("no more files of a draft may be begun than people finish", async () => {
  const { context, open } = await person();
  const begin = async (index: number) =>
    beginUpload(context, await open(), { code: evidenceCodes[index % 5]!, name: `${index}.pdf`, size: 10 });
  for (let index = 0; index < MAX_PENDING; index += 1) await begin(index);
  await expect(begin(MAX_PENDING)).rejects.toMatchObject({ reason: "tooManyBegun" });
  const [first = ""] = Object.keys((await open()).draft.content.pending ?? {});
  await cancelUpload(context, await open(), first);
  expect(await begin(MAX_PENDING)).toMatchObject({ received: [] });
});
