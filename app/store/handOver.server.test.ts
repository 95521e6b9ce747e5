import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { createDraft, findDraft } from "#app/store/drafts.server.ts";
import { claimHandOver } from "#app/store/handOver.server.ts";
import { beginHelped, isHandedOver } from "#app/store/helped.server.ts";
import { holderOf, memberSecret } from "#app/store/holder.server.ts";
import { issueTicket, sweepTickets, TICKET_MINUTES } from "#app/store/tickets.server.ts";
import { tickets } from "#drizzle/helping.ts";
import { openApp } from "#tests/support/app.ts";
import { contentOf } from "#tests/support/filing.ts";

const start = new Date("2026-11-21T09:00:00Z");
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const [phone, other] = ["visit-of-the-phone-000", "visit-of-somebody-else"];

let app: App;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ app, close } = await openApp());
});
afterAll(() => close());

/** A helped sitting of two people, with ways to issue and to claim tickets. */
async function sitting() {
  const { db } = app.database;
  const code = randomBytes(16);
  const helped = await beginHelped(db, "potsdam", "helper", start);
  for (const member of [0, 1]) {
    const content = { ...contentOf({ familyName: `MEMBER${member}` }), helped };
    await createDraft(db, holderOf(memberSecret(code, member)), {
      authority: "potsdam",
      content,
      expiresAt: after(90),
    });
  }
  const issue = async () => (await issueTicket(db, app.keys, { authority: "potsdam", code, helped }, start)).secret;
  const claim = (secret: Uint8Array, claimant = phone, at = start) =>
    claimHandOver(db, app.keys, { secret, claimant }, at);
  return { code, helped, issue, claim };
}

/** Family names of the drafts that a code opens. */
async function opened(code: Uint8Array): Promise<unknown[]> {
  const found = [0, 1].map((member) => findDraft(app.database.db, holderOf(memberSecret(code, member)), start));
  return (await Promise.all(found)).flatMap((draft) => draft?.content.answers["familyName"] ?? []);
}

test("a claim gives everybody of a sitting to a new code, and the old one opens nothing", async () => {
  const { code, helped, issue, claim } = await sitting();
  const got = (await claim(await issue())) ?? expect.fail("not claimed");
  expect([await opened(got), await opened(code)]).toEqual([["MEMBER0", "MEMBER1"], []]);
  expect(await isHandedOver(app.database.db, helped)).toBe(true);
});

test("whoever claimed gets the same code again as long as the ticket serves, and nobody else gets one", async () => {
  const { issue, claim } = await sitting();
  const [ticket, spare] = [await issue(), await issue()];
  const got = await claim(ticket);
  expect(got).toHaveLength(16);
  expect(await claim(ticket, phone, after(TICKET_MINUTES - 1))).toEqual(got);
  expect(await claim(ticket, other)).toBeUndefined();
  expect(await claim(ticket, phone, after(TICKET_MINUTES))).toBeUndefined();
  // A second ticket of the same sitting came too late, and gives nothing afterwards either.
  expect([await claim(spare), await claim(spare)]).toEqual([undefined, undefined]);
  await sweepTickets(app.database.db, after(TICKET_MINUTES + 1));
  expect(await app.database.db.select().from(tickets)).toEqual([]);
});

test("a ticket that is wrong or over gives nothing, and the old code stays", async () => {
  const { code, issue, claim } = await sitting();
  expect(await claim(randomBytes(5))).toBeUndefined();
  expect(await claim(await issue(), phone, after(TICKET_MINUTES))).toBeUndefined();
  expect(await opened(code)).toEqual(["MEMBER0", "MEMBER1"]);
});
