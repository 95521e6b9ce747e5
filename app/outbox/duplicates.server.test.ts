import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { fileApplication, type Filing } from "#app/outbox/submit.server.ts";
import { appendEvent, findCase } from "#app/store/cases.server.ts";
import { changeDraft } from "#app/store/drafts.server.ts";
import { sweep } from "#app/store/retention.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { marks } from "#drizzle/helping.ts";
import { drafts, outbox } from "#drizzle/schema.ts";
import { databaseKinds, openApp } from "#tests/support/app.ts";
import { completeDraft } from "#tests/support/filing.ts";

const DAY = 86_400_000;

describe.each(databaseKinds)("possible duplicates in %s", (kind) => {
  let app: App;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ app, close } = await openApp(kind));
  });
  afterAll(() => close());

  /** A draft of P1 with other answers, at another authority if one is named. */
  async function draftOf(change: Readonly<Record<string, unknown>>, authorityId = "potsdam"): Promise<Filing> {
    const { filing } = await completeDraft(app);
    const authority = app.config.byId.get(authorityId) ?? expect.fail("no such authority");
    const { holder } = filing;
    const until = { now: app.now(), expiresAt: new Date(app.now().getTime() + DAY) };
    await changeDraft(app.database.db, holder, until, ({ content }) => ({
      ...content,
      answers: { ...content.answers, ...change },
    }));
    await app.database.db.update(drafts).set({ authority: authorityId }).where(eq(drafts.id, holder.id));
    return { ...filing, authority };
  }

  async function filed(filing: Filing, by: App = app) {
    expect(await fileApplication(by, filing)).toMatchObject({ ok: true });
    const found = (await findCase(app.database.db, filing.holder, app.now())) ?? expect.fail("nothing was filed");
    return { found, payload: JSON.parse(found.copy.payload) as Payload };
  }
  const file = async (change: Readonly<Record<string, unknown>>, authorityId?: string, by: App = app) =>
    filed(await draftOf(change, authorityId), by);

  test("the second application of a person names the first, by paper and by name, and the first none", async () => {
    const person = { familyName: "Ivanenko", givenNames: "Serhii", dateOfBirth: "1990-01-02", number: "XA100001" };
    const first = await file(person);
    expect(first.payload.possibleDuplicate).toBeUndefined();
    const entry = { authority: "potsdam", reference: first.found.reference, service: "W-18g" };
    const again = await file(person);
    expect(again.payload.possibleDuplicate).toEqual([{ ...entry, by: ["document", "person"] }]);
    const respelt = await file({ ...person, givenNames: "Sergey", number: "XA100002" });
    expect(respelt.payload.possibleDuplicate).toHaveLength(2);
    expect(respelt.payload.possibleDuplicate?.[0]).toEqual({ ...entry, by: ["person"] });
    const renamed = await file({ ...person, familyName: "Kovalenko", dateOfBirth: "1990-02-02" });
    expect(renamed.payload.possibleDuplicate?.map(({ by }) => by)).toEqual([["document"], ["document"]]);
    const swapped = await file({ ...person, familyName: "Serhii", givenNames: "Ivanenko", number: "XA100003" });
    expect(swapped.payload.possibleDuplicate?.[0]).toEqual({ ...entry, by: ["person"] });
    expect((await file({ ...person, dateOfBirth: "1991-01-02", number: "XA1" })).payload).not.toHaveProperty(
      "possibleDuplicate",
    );
  });

  test("authorities find each other's only in a group that the operator switched on", async () => {
    const person = { familyName: "Testenko", givenNames: "Olena", dateOfBirth: "1991-04-11", number: "XB100001" };
    const duplicateGroups = [
      ["potsdam", "barnim"],
      ["barnim", "potsdam"],
    ];
    const operator = { ...app.config.operator, duplicateGroups };
    const grouped = { ...app, config: { ...app.config, operator } };
    const first = await file(person, "potsdam", grouped);
    expect((await file(person, "barnim")).payload.possibleDuplicate).toBeUndefined();
    expect((await file(person, "frankfurt-oder", grouped)).payload).not.toHaveProperty("possibleDuplicate");
    const found = (await file(person, "barnim", grouped)).payload.possibleDuplicate ?? [];
    expect(found.map(({ authority, reference }) => [authority, reference])).toContainEqual([
      "potsdam",
      first.found.reference,
    ]);
  });

  test("of two at the same moment one finds the other", async () => {
    const person = { familyName: "Gleich", givenNames: "Zeitig", dateOfBirth: "1985-05-05", number: "XC100001" };
    const both = await Promise.all([draftOf(person), draftOf(person)]);
    const payloads = await Promise.all(both.map(async (filing) => (await filed(filing)).payload));
    expect(payloads.filter(({ possibleDuplicate }) => possibleDuplicate?.length === 1)).toHaveLength(1);
  });

  test("what is kept tells nobody who it is, and goes some days after the authority decided", async () => {
    const person = { familyName: "Vergessen", givenNames: "Bald", dateOfBirth: "1970-07-07", number: "XD100001" };
    const { found } = await file(person);
    const own = () => app.database.db.select().from(marks).where(eq(marks.caseId, found.id));
    const kept = await own();
    expect(kept.map(({ kind: by }) => by).toSorted()).toEqual(["document", "person"]);
    expect(JSON.stringify(kept)).not.toMatch(/vergessen|XD100001|1970/i);
    const periods = app.config.operator.retention;
    await sweep(app.database.db, app.blobs, app.now(), periods);
    expect(await own()).toHaveLength(2);
    const [row] = await app.database.db.select().from(outbox).where(eq(outbox.caseId, found.id));
    const about = { caseId: found.id, authority: "potsdam", messageId: row?.id ?? "" };
    await appendEvent(app.database.db, { ...about, kind: "accepted", at: app.now() });
    const later = (days: number) => new Date(app.now().getTime() + days * DAY);
    await sweep(app.database.db, app.blobs, later(periods.indexDays - 1), periods);
    expect(await own()).toHaveLength(2);
    await sweep(app.database.db, app.blobs, later(periods.indexDays + 1), periods);
    expect(await own()).toEqual([]);
  });
});
