import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { fileApplication } from "#app/outbox/submit.server.ts";
import { appendEvent } from "#app/store/cases.server.ts";
import { createDraft } from "#app/store/drafts.server.ts";
import { holderOf, householdId, memberSecret, MOST_MEMBERS } from "#app/store/holder.server.ts";
import { findHousehold, freePlace, nameOfHousehold, placeOfPerson, withoutEnded } from "#app/store/household.server.ts";
import { drafts } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { contentOf, filingOf, p1Answers, settingIn } from "#tests/support/filing.ts";

const HOUR = 3_600_000;
let opened: TestApp;
let app: App;
beforeAll(async () => {
  opened = await openApp();
  app = opened.app;
});
afterAll(() => opened.close());

const find = (code: Uint8Array) => findHousehold(app.database.db, code, app.now());
const later = (hours: number) => new Date(app.now().getTime() + hours * HOUR);

async function begin(code: Uint8Array, member: number, more: object = {}, hours = 1): Promise<void> {
  const { authority, setting } = settingIn(app);
  const content = { ...contentOf(p1Answers(setting)), ...more };
  await createDraft(app.database.db, holderOf(memberSecret(code, member)), {
    authority: authority.id,
    content,
    expiresAt: later(hours),
  });
}

// Computed by another implementation of RFC 5869: who has written the code down must find everybody with every later version.
test("the secrets of members and the pseudonym follow from the code, and never change", () => {
  const code = Uint8Array.from({ length: 16 }, (_, index) => index);
  expect(memberSecret(code, 0)).toBe(code);
  expect([1, 2].map((member) => Buffer.from(memberSecret(code, member)).toString("hex"))).toEqual([
    "427a239a7313a1fd25a6337fc7e52893",
    "dc9684c4bbfb5e89b5214e683ed636a9",
  ]);
  expect(householdId(code)).toBe("de0bc805-adf3-8e09-910e-3c9f5712bbe4");
});

test("each member has a whole code of their own, and nothing is the same for two households", () => {
  const [one, other] = [randomBytes(16), randomBytes(16)];
  const all = [one, other].flatMap((code) =>
    Array.from({ length: MOST_MEMBERS }, (_, member) => memberSecret(code, member)),
  );
  expect(all.every((secret) => secret.length === 16)).toBe(true);
  expect(new Set(all.flatMap((secret) => [Buffer.from(secret).toString("hex"), holderOf(secret).id])).size).toBe(40);
  expect(z.uuid().safeParse(householdId(one)).success).toBe(true);
  expect(householdId(one)).not.toBe(householdId(other));
});

test("members are found by the code alone, whether draft or filed, and the next place is free", async () => {
  const code = randomBytes(16);
  expect(await find(code)).toEqual({ code, persons: [], taken: new Set() });
  await begin(code, 0);
  await begin(code, 2, { household: { id: householdId(code), member: 2, relation: "child" } });
  const filing = filingOf(app, holderOf(memberSecret(code, 2)));
  const household = { id: householdId(code), member: 2, relation: "child" } as const;
  expect(await fileApplication(app, { ...filing, household })).toMatchObject({ ok: true });
  const found = await find(code);
  expect(found.persons.map(({ member, draft, found: filed }) => [member, Boolean(draft), Boolean(filed)])).toEqual([
    [0, true, false],
    [2, false, true],
  ]);
  expect(found.persons.map(placeOfPerson)).toEqual([undefined, household]);
  expect(freePlace(found)).toBe(1);
  expect(nameOfHousehold(found)).toEqual({ id: householdId(code) });
});

test("a draft that is over, or cannot be opened, is nobody, and its place stays taken", async () => {
  const code = randomBytes(16);
  await begin(code, 0);
  await begin(code, 1, {}, -1);
  await begin(code, 2);
  const broken = holderOf(memberSecret(code, 2)).id;
  await app.database.db
    .update(drafts)
    .set({ sealed: randomBytes(80) })
    .where(eq(drafts.id, broken));
  const found = await find(code);
  expect(found.persons.map(({ member }) => member)).toEqual([0]);
  expect(freePlace(found)).toBe(3);
});

test("who came in by an invitation stays in that household, with everybody who is added", async () => {
  const code = randomBytes(16);
  const household = { id: householdId(randomBytes(16)), member: 0, joined: true } as const;
  await begin(code, 0, { household });
  expect(nameOfHousehold(await find(code))).toEqual({ id: household.id, joined: true });
});

test("a member whose application was withdrawn or refused does not count, drafts do", async () => {
  const code = randomBytes(16);
  for (const member of [0, 1, 2, 3]) await begin(code, member);
  for (const member of [0, 1, 2]) await fileApplication(app, filingOf(app, holderOf(memberSecret(code, member))));
  const members = async () =>
    (await withoutEnded(app.database.db, await find(code))).persons.map(({ member }) => member);
  expect(await members()).toEqual([0, 1, 2, 3]);
  const end = async (member: number, kind: "withdrawn" | "rejected") => {
    const found = (await find(code)).persons.find((person) => person.member === member)?.found;
    const messageId = found?.copy.messages[0]?.id ?? expect.fail("not filed");
    const { id: caseId = "", authority = "" } = found ?? {};
    await appendEvent(app.database.db, { caseId, authority, messageId, kind, at: app.now() });
  };
  await end(1, "withdrawn");
  expect(await members()).toEqual([0, 2, 3]);
  await end(0, "rejected");
  expect(await members()).toEqual([2, 3]);
  expect((await find(code)).persons).toHaveLength(4);
});

test("there is room for as many as one code serves", async () => {
  const code = randomBytes(16);
  for (let member = 0; member < MOST_MEMBERS; member += 1) await begin(code, member);
  expect(freePlace(await find(code))).toBeUndefined();
});
