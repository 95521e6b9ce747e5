import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import {
  acceptInvitation,
  INVITATION_DAYS,
  invite,
  invitedBy,
  sweepInvitations,
  withdrawInvitations,
} from "#app/store/invitations.server.ts";
import { invitations } from "#drizzle/schema.ts";
import { databaseKinds, openApp } from "#tests/support/app.ts";

const start = new Date("2026-11-21T09:00:00Z");
const after = (days: number) => new Date(start.getTime() + days * 86_400_000);
const content = { household: randomUUID(), address: { street: "Rosenallee", houseNo: "7" } };

describe.each(databaseKinds)("an invitation in %s", (kind) => {
  let app: App;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ app, close } = await openApp(kind));
  });
  afterAll(() => close());

  const make = (code: Uint8Array = randomBytes(16)) =>
    invite(app.database.db, code, { authority: "potsdam", content }, start);
  const accept = (secret: Uint8Array, authority = "potsdam", now = start) =>
    app.database.db.transaction((tx) => acceptInvitation(tx, secret, authority, now));

  const counted = (who: Uint8Array, now = start) => invitedBy(app.database.db, who, now);

  test("brings its content once", async () => {
    const secret = await make();
    expect(await accept(secret)).toEqual(content);
    expect(await accept(secret)).toBeUndefined();
  });

  test("used twice at once, it serves one", async () => {
    const secret = await make();
    const results = await Promise.all([accept(secret), accept(secret), accept(secret)]);
    expect(results.filter((result) => result !== undefined)).toEqual([content]);
  });

  test("opens nothing with a wrong code, at another authority, or when it is over", async () => {
    const secret = await make();
    expect(await accept(randomBytes(11))).toBeUndefined();
    expect(await accept(secret, "barnim")).toBeUndefined();
    expect(await accept(secret, "potsdam", after(INVITATION_DAYS))).toBeUndefined();
    expect(await accept(secret, "potsdam", after(INVITATION_DAYS - 1))).toEqual(content);
  });

  test("stays usable when what follows fails", async () => {
    const secret = await make();
    const failing = app.database.db.transaction(async (tx) => {
      await acceptInvitation(tx, secret, "potsdam", start);
      throw new Error("in the middle");
    });
    await expect(failing).rejects.toThrow("in the middle");
    expect(await accept(secret)).toEqual(content);
  });

  test("tells the inviter how many there are, and nobody else", async () => {
    const code = randomBytes(16);
    const secrets = [await make(code), await make(code)];
    await accept(secrets[0] ?? code);
    expect(await counted(code)).toEqual({ invited: 2, joined: 1 });
    expect(await counted(randomBytes(16))).toEqual({ invited: 0, joined: 0 });
    expect(await counted(code, after(INVITATION_DAYS))).toEqual({ invited: 0, joined: 0 });
  });

  test("goes when it is withdrawn, and by itself when it is over; used, it holds nothing", async () => {
    const { db } = app.database;
    await db.delete(invitations);
    const code = randomBytes(16);
    const [used] = [await make(), await make(), await make(code)];
    await accept(used ?? code);
    expect((await db.select().from(invitations)).filter(({ sealed }) => sealed === null)).toHaveLength(1);
    await withdrawInvitations(db, code);
    expect(await db.select().from(invitations)).toHaveLength(2);
    await sweepInvitations(db, after(INVITATION_DAYS - 1));
    expect(await db.select().from(invitations)).toHaveLength(2);
    await sweepInvitations(db, after(INVITATION_DAYS + 1));
    expect(await db.select().from(invitations)).toEqual([]);
  });
});
