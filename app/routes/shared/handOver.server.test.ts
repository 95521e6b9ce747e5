import { randomBytes } from "node:crypto";
import type { AppLoadContext } from "@remix-run/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { fileApplication } from "#app/outbox/submit.server.ts";
import { openSecret } from "#app/routes/shared/code-form.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { startSupplement } from "#app/routes/shared/supplement.server.ts";
import { createDraft } from "#app/store/drafts.server.ts";
import { claimHandOver } from "#app/store/handOver.server.ts";
import { beginHelped } from "#app/store/helped.server.ts";
import { holderOf } from "#app/store/holder.server.ts";
import { issueTicket } from "#app/store/tickets.server.ts";
import { databaseKinds, openApp } from "#tests/support/app.ts";
import { contentOf, filingOf, p1Answers, settingIn } from "#tests/support/filing.ts";

const DAY = 86_400_000;
const ROUNDS = 4;

describe.each(databaseKinds)("a hand-over in %s", (kind) => {
  let app: App;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ app, close } = await openApp(kind));
  });
  afterAll(() => close());

  /** A complete draft of a helped sitting, and what can be done with it. */
  async function sitting() {
    const { db } = app.database;
    const code = randomBytes(16);
    const holder = holderOf(code);
    const helped = await beginHelped(db, "potsdam", "helper", app.now());
    const content = { ...contentOf(p1Answers(settingIn(app).setting)), helped };
    await createDraft(db, holder, { authority: "potsdam", content, expiresAt: new Date(app.now().getTime() + DAY) });
    const open = (by: Uint8Array) => openSecret({ app } as AppLoadContext, by);
    const issue = async () =>
      (await issueTicket(db, app.keys, { authority: "potsdam", code, helped }, app.now())).secret;
    return {
      open,
      openOld: () => open(code),
      issue,
      claim: (secret: Uint8Array, claimant = "phone") => claimHandOver(db, app.keys, { secret, claimant }, app.now()),
      file: () => fileApplication(app, filingOf(app, holder)),
      /** Begins a supplement on a page that was made while the application was still there. */
      supplementing: async () => {
        const found = await open(code);
        if (found.kind !== "case") throw new Error("no case");
        const context = { app, caller: "" } as AppLoadContext;
        return () => startSupplement(context, { language: "de" } as Page, { found: found.found, holder });
      },
    };
  }

  test("takes a begun supplement along, and nothing is begun under the old code afterwards", async () => {
    const { open, openOld, issue, claim, file, supplementing } = await sitting();
    await file();
    const begin = await supplementing();
    await begin();
    const code = (await claim(await issue())) ?? expect.fail("not claimed");
    expect(await open(code)).toMatchObject({ kind: "case", supplement: { authority: "potsdam" } });
    await begin();
    expect(await openOld()).toEqual({ kind: "nothing" });
  });

  test("gives one code, to one of two browsers that claim at the same moment, by one ticket or by two", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { open, openOld, issue, claim } = await sitting();
      const first = await issue();
      const second = round % 2 === 0 ? first : await issue();
      const codes = await Promise.all([claim(first, "one"), claim(second, "other")]);
      const [code, ...more] = codes.flatMap((each) => each ?? []);
      expect(more).toEqual([]);
      expect(await open(code ?? expect.fail("nobody got it"))).toMatchObject({ kind: "draft" });
      expect(await openOld()).toEqual({ kind: "nothing" });
    }
  });

  test("while the helper files or begins a supplement leaves nothing behind, and loses nothing", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { open, openOld, issue, claim, file, supplementing } = await sitting();
      const ticket = await issue();
      const isFiled = round % 2 === 0;
      if (isFiled) await file();
      const begin = isFiled ? await supplementing() : undefined;
      const [claimed, isCase] = await Promise.all([
        claim(ticket),
        begin ? begin().then(() => true) : file().then(({ ok }) => ok),
      ]);
      const own = await open(claimed ?? expect.fail("not claimed"));
      expect(own.kind).toBe(isCase ? "case" : "draft");
      expect(await openOld()).toEqual({ kind: "nothing" });
    }
  });
});
