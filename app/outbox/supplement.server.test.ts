import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { germanPdfWords, germanServiceTitle } from "#app/i18n/words.ts";
import { dueMessages } from "#app/outbox/due.server.ts";
import { claim } from "#app/outbox/queue.server.ts";
import { fileApplication, type Filing } from "#app/outbox/submit.server.ts";
import { appendEvent, applicationOf, eventsOf, findCase, firstPayload } from "#app/store/cases.server.ts";
import { createDraft, findDraft, type Supplement } from "#app/store/drafts.server.ts";
import { openManifest } from "#app/store/manifest.server.ts";
import { sweep } from "#app/store/retention.server.ts";
import type { FileEntry } from "#flows/engine/evidence.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { statusOf, messageStatus } from "#flows/engine/status.ts";
import { minimalWalk } from "#flows/services/short.ts";
import { blueCard } from "#flows/services/work/W-18g.ts";
import { outbox } from "#drizzle/schema.ts";
import { databaseKinds, openApp } from "#tests/support/app.ts";
import { completeDraft, contentOf, newHolder, p1Answers, settingIn } from "#tests/support/filing.ts";

const DAY = 86_400_000;

describe.each(databaseKinds)("a supplement in %s", (kind) => {
  const dueIds = async (now: Date) =>
    (await dueMessages(app.database.db, now, { ofEach: 100, inAll: 100 })).map(({ id }) => id);

  let app: App;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ app, close } = await openApp(kind));
  });
  afterAll(() => close());

  const caseOf = async ({ holder }: Filing) => {
    const found = await findCase(app.database.db, holder, app.now());
    if (!found) throw new Error("nothing was filed");
    const rows = await app.database.db
      .select()
      .from(outbox)
      .where(eq(outbox.caseId, found.id))
      .orderBy(outbox.createdAt);
    return { found, rows };
  };

  /** P1 in a hurry: the short path filed. */
  async function fileMinimal(): Promise<Filing> {
    const { authority, setting } = settingIn(app);
    const holder = newHolder();
    const answers: Record<string, unknown> = { ...p1Answers(setting), jobTitle: "not sent yet" };
    const { evidence: _later, ...content } = answers;
    const expiresAt = new Date(app.now().getTime() + 30 * DAY);
    await createDraft(app.database.db, holder, { authority: authority.id, content: contentOf(content), expiresAt });
    const filing: Filing = {
      holder,
      authority,
      service: blueCard,
      serviceTitle: germanServiceTitle(blueCard.id),
      language: "de",
      words: germanPdfWords,
      demo: undefined,
      household: { id: randomUUID(), member: 0 },
      links: [],
      walk: (draft) => ({
        walked: minimalWalk(blueCard, draft.content.answers, setting),
        facts: { ...setting, answers: {} },
      }),
    };
    expect(await fileApplication(app, filing)).toMatchObject({ ok: true });
    return filing;
  }

  /** A complete draft that adds to the case of an earlier filing, with a new passport file. */
  async function supplementOf(earlier: Filing, sent: readonly FileEntry[] = [], caseId?: string): Promise<Filing> {
    const { found } = await caseOf(earlier);
    const messageId = (await applicationOf(app.database.db, found.id)) ?? "";
    const { reference, service } = found;
    const ids = sent.map(({ id }) => id);
    const supplements: Supplement = { caseId: caseId ?? found.id, messageId, reference, service, sent: ids };
    const { filing } = await completeDraft(app, { holder: earlier.holder, supplements, sent });
    return filing;
  }

  test("of a minimal application: one case, two messages, the copy with all answers, complete", async () => {
    const first = await fileMinimal();
    const before = await caseOf(first);
    expect(before.found.completeness).toBe("minimal");
    expect(JSON.parse(before.found.copy.payload)).toMatchObject({ kind: "application", completeness: "minimal" });
    expect(before.found.copy.payload).not.toContain("not sent yet");
    expect(before.found.copy.answers["jobTitle"]).toBe("not sent yet");
    const filing = await supplementOf(first);
    const filed = await fileApplication(app, filing);
    const { found, rows } = await caseOf(first);
    expect(filed).toEqual({ ok: true, reference: before.found.reference });
    expect(found).toMatchObject({ id: before.found.id, completeness: "full", receipt: before.found.receipt });
    expect(firstPayload(found.copy)).toBe(before.found.copy.payload);
    expect(found.copy.messages.map((message) => message.kind)).toEqual(["application", "supplement"]);
    expect(rows.map((row) => [row.kind, row.supplements])).toEqual([
      ["application", null],
      ["supplement", rows[0]?.id],
    ]);
    const manifest = await openManifest(app.keys, rows[1]!.id, {
      sealed: rows[1]!.sealed,
      deliveryWrap: rows[1]!.deliveryWrap!,
    });
    expect(manifest.payload).toBe(found.copy.payload);
    expect(JSON.parse(manifest.payload)).toMatchObject({
      kind: "supplement",
      completeness: "full",
      messageId: rows[1]?.id,
      supplements: rows[0]?.id,
      reference: found.reference,
    });
    const events = await eventsOf(app.database.db, found.id);
    expect(events.map((event) => [event.kind, event.beside?.id])).toEqual([
      ["filed", undefined],
      ["filed", rows[1]?.id],
    ]);
    expect(await findDraft(app.database.db, first.holder, app.now())).toBeUndefined();
  });

  test("pressed twice at once, it counts once; a file that was sent before stays away", async () => {
    const { filing: first, file } = await completeDraft(app);
    await fileApplication(app, first);
    const filing = await supplementOf(first, [file]);
    const answers = await Promise.all([fileApplication(app, filing), fileApplication(app, filing)]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const { found, rows } = await caseOf(first);
    expect(rows).toHaveLength(2);
    const passport = (JSON.parse(found.copy.payload) as Payload).evidence.find(({ code }) => code === "PASS");
    expect(passport).toMatchObject({ sentBefore: ["PASS-1.pdf"], files: [{ filename: "PASS-2.pdf" }] });
  });

  test("waits until the application has gone out", async () => {
    const first = await fileMinimal();
    await fileApplication(app, await supplementOf(first));
    const { rows } = await caseOf(first);
    const { db } = app.database;
    const later = new Date(app.now().getTime() + 1000);
    expect(await claim(db, rows[1]!.id, later)).toEqual({ outcome: "notDue" });
    expect(await dueIds(later)).not.toContain(rows[1]?.id);
    await db.update(outbox).set({ state: "accepted" }).where(eq(outbox.id, rows[0]!.id));
    expect(await claim(db, rows[1]!.id, later)).toMatchObject({ row: { kind: "supplement" } });
  });

  test("waits for the one before, but not for one that is stuck", async () => {
    const first = await fileMinimal();
    const { db } = app.database;
    const setState = (id: string, state: "accepted" | "stuck") =>
      db.update(outbox).set({ state }).where(eq(outbox.id, id));
    await fileApplication(app, await supplementOf(first));
    const sent = (await caseOf(first)).rows;
    await setState(sent[0]!.id, "accepted");
    await fileApplication(app, await supplementOf(first));
    const before = sent[1];
    const after = (await caseOf(first)).rows.find(({ id }) => sent.every((row) => row.id !== id));
    // Two of the same millisecond would have no order.
    const at = new Date(after!.createdAt.getTime() - 1);
    await db.update(outbox).set({ createdAt: at }).where(eq(outbox.id, before!.id));
    const later = new Date(app.now().getTime() + 1000);
    expect(await claim(db, after!.id, later)).toEqual({ outcome: "notDue" });
    expect(await claim(db, before!.id, later)).toMatchObject({ outcome: "held" });
    expect(await dueIds(later)).not.toContain(after!.id);
    await setState(before!.id, "stuck");
    expect(await claim(db, after!.id, later)).toMatchObject({ outcome: "held" });
  });

  test.each(["rejected", "withdrawn"] as const)("of an application that is %s meanwhile is not filed", async (end) => {
    const first = await fileMinimal();
    const filing = await supplementOf(first);
    const { found, rows } = await caseOf(first);
    const { id: caseId, authority } = found;
    await appendEvent(app.database.db, { caseId, authority, messageId: rows[0]!.id, kind: end, at: app.now() });
    expect(await fileApplication(app, filing)).toEqual({ ok: false, reason: "noCase" });
    expect((await caseOf(first)).rows).toHaveLength(1);
  });

  test("without its case nothing is filed, and the draft stays", async () => {
    const first = await fileMinimal();
    const filing = await supplementOf(first, [], randomUUID());
    expect(await fileApplication(app, filing)).toEqual({ ok: false, reason: "noCase" });
    expect(await findDraft(app.database.db, first.holder, app.now())).toBeDefined();
    expect((await caseOf(first)).rows).toHaveLength(1);
  });

  test("that is on its way, or still being written, keeps the case", async () => {
    const first = await fileMinimal();
    await supplementOf(first);
    const { found, rows } = await caseOf(first);
    await app.database.db.update(outbox).set({ state: "accepted" }).where(eq(outbox.id, rows[0]!.id));
    const periods = { applicantCopyDays: 0, eventMonths: 24, auditMonths: 12, indexDays: 30 };
    const soon = new Date(app.now().getTime() + DAY);
    await sweep(app.database.db, app.blobs, soon, periods);
    expect(await findCase(app.database.db, first.holder, app.now())).toMatchObject({ id: found.id });
  });
});

test("what happens to a supplement says nothing on the application", () => {
  const at = "2026-11-21T09:00:00.000Z";
  const event = (kind: "filed" | "sent" | "accepted" | "rejected", supplement?: string) =>
    ({
      kind,
      at,
      codes: [],
      ...(supplement ? { beside: { kind: "supplement" as const, id: supplement } } : {}),
    }) as const;
  const events = [event("filed"), event("sent"), event("filed", "s"), event("rejected", "s")];
  expect([statusOf(events), messageStatus(events, "s")]).toEqual(["sent", "rejected"]);
  expect(statusOf([...events, event("accepted"), event("sent", "t")])).toBe("accepted");
  expect(statusOf([event("filed"), event("accepted", "s")])).toBe("filed");
});
