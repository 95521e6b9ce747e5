import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { parseJoinCode } from "#app/store/access-code.ts";
import { findDraft } from "#app/store/drafts.server.ts";
import { fillIn, p1, referenceOf, type Applicant } from "./support/applicant.ts";
import { dumpPostgres } from "./support/dump.ts";
import { startOpenStack, type OpenStack } from "./support/openStack.ts";
import { codeFrom, holderIn, textOf } from "./support/pageChecks.ts";
import { searchFor } from "./support/plaintext.ts";
import { codeOf, errorsOf, plainBrowser, type PlainBrowser } from "./support/plainBrowser.ts";
import { walkOn } from "./support/plainJourney.ts";
import { until } from "./support/until.ts";

const MINUTES = 60_000;
const HOUSEHOLD = "/de/potsdam/household";
const JOIN = "/de/potsdam/join";
const now = () => new Date("2026-11-21T12:00:00Z");
/** A mother whose name and street stand nowhere else. */
const mother = {
  ...p1,
  answers: { ...p1.answers, familyName: "ŻÓŁTOWSKÁ", street: "Grünspechtstraße", houseNo: "17b" },
};

let stack: OpenStack;
let applicant: Applicant;
let inviter: PlainBrowser;
beforeAll(async () => {
  stack = await startOpenStack();
  applicant = await fillIn(stack.url, mother);
  inviter = applicant.browser;
}, 4 * MINUTES);
afterAll(() => stack?.stop(), MINUTES);

async function invite(): Promise<string> {
  return codeOf(await inviter.submit(await inviter.open(HOUSEHOLD), { press: ["invite", "yes"] }));
}

async function typed(code: string, path = JOIN) {
  const browser = plainBrowser(stack.url);
  return { browser, page: await browser.submit(await browser.open(path), { values: { code: [code] } }) };
}

test("somebody who is invited begins on their own device, with their own code and the shared address alone", async () => {
  const code = await invite();
  expect(textOf(await inviter.open(HOUSEHOLD))).not.toContain(code.slice(0, 4));
  expect(textOf(await inviter.open(HOUSEHOLD))).toContain("Eingeladen: 1. Davon haben begonnen: 0.");
  const { browser, page } = await typed(code.toLowerCase());
  expect(page.url.pathname).toBe("/de/potsdam/save-code");
  const own = codeOf(page);
  expect(own).not.toBe(await codeFrom(inviter));

  const draft = await findDraft(stack.db, await holderIn(browser), now());
  const inviting = await findDraft(stack.db, await holderIn(inviter), now());
  expect(draft?.content.household).toEqual({ id: expect.any(String), member: 0, joined: true });
  expect(inviting?.content.household).toBeUndefined();
  expect(draft?.content.answers).toEqual({
    carried: { postalCode: "14467", place: "Potsdam", street: "Grünspechtstraße", houseNo: "17b" },
  });

  // Neither sees the other, but for the number.
  const theirs = await browser.open(HOUSEHOLD);
  expect(theirs.document.querySelectorAll(".ao-items > li")).toHaveLength(1);
  expect(theirs.text).not.toContain("ŻÓŁTOWSKÁ");
  const hers = await inviter.open(HOUSEHOLD);
  expect(hers.document.querySelectorAll(".ao-items > li")).toHaveLength(1);
  expect(textOf(hers)).toContain("Eingeladen: 1. Davon haben begonnen: 1.");
});

describe("a code that opens nothing", () => {
  test("is told the same way, whether wrong, used, over, or of another authority", async () => {
    const [used, over, elsewhere] = [await invite(), await invite(), await invite()];
    await typed(used);
    const sealed = await stack.pool.query<{ id: string }>(
      "update invitations set expires_at = now() - interval '2 years' where joined_at is null returning id",
    );
    expect(sealed.rows).toHaveLength(2);
    const fresh = await invite();
    const answers = [
      await typed("0000-0000-0000-0000-0011"),
      await typed(used),
      await typed(over),
      await typed(fresh, "/de/barnim/join"),
    ].map(({ page }) => [
      page.status,
      errorsOf(page)
        .map(({ text }) => text)
        .join(),
    ]);
    const words =
      "Mit diesem Code geht es nicht weiter. Vielleicht ist er abgelaufen, schon benutzt oder anders geschrieben.";
    const known = parseJoinCode("0000-0000-0000-0000-0011");
    expect(answers.slice(1)).toEqual(Array.from({ length: 3 }, () => [422, words]));
    expect(answers[0]).toEqual([422, known.ok ? words : "Prüfen Sie den Code. Ein Zeichen stimmt nicht."]);
    expect((await typed(elsewhere)).page.status).toBe(422);
    expect((await typed(fresh)).page.url.pathname).toBe("/de/potsdam/save-code");
  });

  test.each([
    ["an access code", async () => codeFrom(inviter), "Geben Sie alle 5 Gruppen ein."],
    ["nothing", async () => "", "Geben Sie alle 5 Gruppen ein."],
    [
      "a mistyped one",
      async () => (await invite()).replace(/^./, (char) => (char === "0" ? "1" : "0")),
      "Prüfen Sie den Code. Ein Zeichen stimmt nicht.",
    ],
  ])("%s says what is wrong with it, and begins nothing", async (_name, make, words) => {
    const { browser, page } = await typed(await make());
    expect([page.status, errorsOf(page).map(({ text }) => text)]).toEqual([422, [words]]);
    expect(browser.cookies.has("access")).toBe(false);
  });

  test("an invitation opens no draft and no status", async () => {
    const code = await invite();
    for (const path of ["/de/resume", "/de/status"]) expect((await typed(code, path)).page.status).toBe(422);
  });
});

const messages = z.array(z.object({ messageId: z.string(), reference: z.string(), state: z.string() }));
const sent = z.looseObject({ household: z.looseObject({ id: z.uuid() }), links: z.unknown().optional() });

/** What an accepted application says of its household. */
async function householdOf(reference: string) {
  const api = `${stack.fachverfahren}/api/applications`;
  const list = await until(
    async () => messages.parse(await (await fetch(api)).json()).filter((one) => one.reference === reference),
    ([one]) => one?.state === "accepted",
    MINUTES,
  );
  const { household, links } = sent.parse(await (await fetch(`${api}/${list[0]?.messageId}`)).json());
  return { household, links };
}

test(
  "the authority sees that both applications belong together, whoever files first",
  async () => {
    const { browser, page } = await typed(await invite());
    const href = page.document.querySelector("main a.kern-btn--primary")?.getAttribute("href") ?? "";
    expect(href).toBe("/de/potsdam/triage/place");
    const receipt = await walkOn(browser, p1, await browser.open(href), (path) => path.endsWith("/receipt"));
    expect(receipt.document.querySelector("[data-household]")).toBeNull();
    const joined = await householdOf(referenceOf(receipt));
    const invited = await householdOf(referenceOf(await applicant.submit()));
    expect(joined).toEqual({ household: { id: invited.household.id, member: 0, joined: true }, links: undefined });
    expect(invited).toEqual({ household: { id: joined.household.id, member: 0 }, links: undefined });
  },
  4 * MINUTES,
);

test("there are so many invitations and no more, and a post without token makes none", async () => {
  const count = async () =>
    Number((await stack.pool.query<{ rows: string }>("select count(*) as rows from invitations")).rows[0]?.rows);
  const before = await count();
  const body = new URLSearchParams({ invite: "yes" });
  expect((await inviter.send(HOUSEHOLD, { method: "POST", body })).status).toBe(403);
  expect(await count()).toBe(before);
  for (let turn = 0; turn < 12; turn += 1) {
    await inviter.submit(await inviter.open(HOUSEHOLD), { press: ["invite", "yes"] });
  }
  expect((await inviter.open(HOUSEHOLD)).document.querySelector('button[name="invite"]')).toBeNull();
  const { rows } = await stack.pool.query("select 1 from invitations where expires_at > now() - interval '1 year'");
  expect(rows).toHaveLength(10);
});

test("nothing of it can be read in the database", async () => {
  const secrets = [
    ["name", "ŻÓŁTOWSKÁ"],
    ["street", "Grünspechtstraße"],
    ["code", codeOf(await inviter.open("/de/potsdam/access-sheet"))],
  ].map(([name = "", text = ""]) => ({ name, bytes: Buffer.from(text) }));
  const { text } = await dumpPostgres(stack.databaseUrl);
  expect(text).toContain("public.invitations");
  expect(searchFor(secrets).inBytes(Buffer.from(text), "dump")).toEqual([]);
});
