import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { changeDraft, createDraft, deleteDraft, findDraft, sweepDrafts, type Draft } from "#app/store/drafts.server.ts";
import { SealError } from "#app/store/seal.server.ts";
import { databaseKinds, openApp } from "#tests/support/app.ts";
import { contentOf, newHolder } from "#tests/support/filing.ts";

const HOUR = 3_600_000;
const start = new Date("2026-11-21T09:00:00Z");
const at = (hours: number) => new Date(start.getTime() + hours * HOUR);

function fail(_draft: Draft): never {
  throw new Error("in the middle");
}

describe.each(databaseKinds)("a draft in %s", (kind) => {
  let app: App;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ app, close } = await openApp(kind));
  });
  afterAll(() => close());

  async function newDraft(answers: Record<string, unknown>, hours = 10) {
    const holder = newHolder();
    await createDraft(app.database.db, holder, {
      authority: "potsdam",
      content: contentOf(answers),
      expiresAt: at(hours),
    });
    return holder;
  }

  test("opens with its code only", async () => {
    const holder = await newDraft({ familyName: "MUSTERKAR" });
    const draft = await findDraft(app.database.db, holder, start);
    expect(draft).toMatchObject({
      authority: "potsdam",
      revision: 1,
      content: { answers: { familyName: "MUSTERKAR" } },
    });
    expect(await findDraft(app.database.db, newHolder(), start)).toBeUndefined();
  });

  test("does not open with the right id and a wrong key", async () => {
    const holder = await newDraft({ familyName: "MUSTERKAR" });
    const wrong = { id: holder.id, keyKey: newHolder().keyKey };
    await expect(findDraft(app.database.db, wrong, start)).rejects.toThrow(SealError);
  });

  test("does not open when it was moved into another row", async () => {
    const [one, two] = [await newDraft({ a: 1 }), await newDraft({ a: 2 })];
    await app.database.db.execute(sql`update drafts set sealed = (select sealed from drafts where id = ${one.id}),
      wrapped_key = (select wrapped_key from drafts where id = ${one.id}) where id = ${two.id}`);
    await expect(findDraft(app.database.db, two, start)).rejects.toThrow(SealError);
  });

  test("every change raises the revision and the date of deletion", async () => {
    const holder = await newDraft({ a: 1 });
    const time = { now: start, expiresAt: at(20) };
    const changed = await changeDraft(app.database.db, holder, time, ({ content }) =>
      contentOf({ ...content.answers, b: 2 }),
    );
    expect(changed).toMatchObject({ revision: 2, expiresAt: at(20) });
    expect(await findDraft(app.database.db, holder, at(19))).toMatchObject({
      revision: 2,
      content: { answers: { a: 1, b: 2 } },
    });
    expect(await changeDraft(app.database.db, holder, time, () => undefined)).toMatchObject({ revision: 2 });
  });

  test("two tabs that save different steps at once both count", async () => {
    const holder = await newDraft({});
    const save = (name: string) =>
      changeDraft(app.database.db, holder, { now: start, expiresAt: at(20) }, ({ content }) =>
        contentOf({ ...content.answers, [name]: name }),
      );
    const names = Array.from({ length: 10 }, (_, index) => `step${index}`);
    const saved = await Promise.all(names.map(save));
    expect(saved.map((draft) => draft?.revision).toSorted((a = 0, b = 0) => a - b)).toEqual(
      names.map((_, index) => index + 2),
    );
    const draft = await findDraft(app.database.db, holder, start);
    expect(draft?.content.answers).toEqual(Object.fromEntries(names.map((name) => [name, name])));
  });

  test("a change that fails leaves everything as it was", async () => {
    const holder = await newDraft({ a: 1 });
    await expect(changeDraft(app.database.db, holder, { now: start, expiresAt: at(20) }, fail)).rejects.toThrow();
    expect(await findDraft(app.database.db, holder, start)).toMatchObject({ revision: 1, expiresAt: at(10) });
  });

  test("is gone at its date, and then really deleted", async () => {
    const [old, young] = [await newDraft({}, 1), await newDraft({}, 30)];
    expect(await findDraft(app.database.db, old, at(1))).toBeUndefined();
    expect(
      await changeDraft(app.database.db, old, { now: at(1), expiresAt: at(50) }, () => contentOf({})),
    ).toBeUndefined();
    await sweepDrafts(app.database.db, at(2));
    const { rows } = await app.database.db.execute(sql`select id from drafts where id in (${old.id}, ${young.id})`);
    expect(rows).toEqual([{ id: young.id }]);
  });

  test("is deleted on wish", async () => {
    const holder = await newDraft({});
    await deleteDraft(app.database.db, holder);
    expect(await findDraft(app.database.db, holder, start)).toBeUndefined();
  });

  test("of an older version still opens; what it did not know yet has its default", async () => {
    const { revisions: _r, refused: _f, codeShown: _c, ...older } = contentOf({ a: 1 });
    const holder = newHolder();
    const content = older as ReturnType<typeof contentOf>;
    await createDraft(app.database.db, holder, { authority: "potsdam", content, expiresAt: at(10) });
    expect((await findDraft(app.database.db, holder, start))?.content).toMatchObject({
      revisions: {},
      refused: null,
      codeShown: false,
    });
  });
});
