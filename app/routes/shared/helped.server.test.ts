import { randomBytes } from "node:crypto";
import type { AppLoadContext } from "@remix-run/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inviteSomebody } from "#app/routes/shared/household-acts.server.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";
import { createDraft } from "#app/store/drafts.server.ts";
import { claimHandOver } from "#app/store/handOver.server.ts";
import { beginHelped } from "#app/store/helped.server.ts";
import { holderOf } from "#app/store/holder.server.ts";
import { findHousehold } from "#app/store/household.server.ts";
import { invitedBy } from "#app/store/invitations.server.ts";
import { issueTicket } from "#app/store/tickets.server.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { contentOf } from "#tests/support/filing.ts";

let opened: TestApp;
beforeAll(async () => {
  opened = await openApp();
});
afterAll(() => opened.close());

test("an invitation of a helped sitting goes over with it, and a page that was open then makes none any more", async () => {
  const { app } = opened;
  const { db } = app.database;
  const [code, now] = [randomBytes(16), app.now()];
  const helped = await beginHelped(db, "potsdam", "helper", now);
  const start = {
    authority: "potsdam",
    content: { ...contentOf({}), helped },
    expiresAt: new Date(now.getTime() + 86_400_000),
  };
  await createDraft(db, holderOf(code), start);
  const household = await findHousehold(db, code, now);
  const context = { app, caller: "", session: { state: "open", code, helped } } as unknown as AppLoadContext;
  const page = requirePage(new Request("http://127.0.0.1/de/potsdam/household"), { lng: "de" });
  const authority = app.config.byId.get("potsdam") ?? expect.fail("no authority");
  const invite = () => inviteSomebody(context, page, authority, household);

  expect(await invite()).toMatchObject({ groups: expect.any(Array) as unknown });
  const { secret } = await issueTicket(db, app.keys, { authority: "potsdam", code, helped }, now);
  const claimed = (await claimHandOver(db, app.keys, { secret, claimant: "phone" }, now)) ?? expect.fail("not claimed");
  await expect(invite()).rejects.toMatchObject({ status: 302 });
  expect([await invitedBy(db, claimed, now), await invitedBy(db, code, now)]).toEqual([
    { invited: 1, joined: 0 },
    { invited: 0, joined: 0 },
  ]);
});
