import { afterAll, beforeAll, expect, test } from "vitest";
import { parseAccessCode } from "#app/store/access-code.ts";
import { findDraft } from "#app/store/drafts.server.ts";
import { holderOf, memberSecret } from "#app/store/holder.server.ts";
import { p1 } from "./support/applicant.ts";
import { startOpenStack, type OpenStack } from "./support/openStack.ts";
import { codeFrom, textOf } from "./support/pageChecks.ts";
import { personaFile } from "./support/persona.ts";
import { valuesOf, type PlainBrowser, type PlainPage } from "./support/plainBrowser.ts";
import { fillingOf, walkTo } from "./support/plainJourney.ts";
import { hashOf, pdfOf, uploaderOf } from "./support/uploads.ts";

const MINUTES = 60_000;
const HOUSEHOLD = "/de/potsdam/household";

let stack: OpenStack;
beforeAll(async () => {
  stack = await startOpenStack();
}, 3 * MINUTES);
afterAll(() => stack?.stop(), MINUTES);

async function answersOf(code: string, member: number) {
  const parsed = parseAccessCode(code);
  if (!parsed.ok) throw new Error("no code");
  const draft = await findDraft(
    stack.db,
    holderOf(memberSecret(parsed.secret, member)),
    new Date("2026-11-21T12:00:00Z"),
  );
  return draft?.content.answers;
}

/** The person whose page this is, as the page of deletion names them. */
const atHand = async (browser: PlainBrowser): Promise<string> => textOf(await browser.open("/de/delete-data"));

const csrfOf = (page: PlainPage): string => valuesOf(page)["csrf"]?.[0] ?? "";

let browser: PlainBrowser;
let code: string;
beforeAll(async () => {
  ({ browser } = await walkTo(stack.url, p1, "review"));
  code = await codeFrom(browser);
}, 2 * MINUTES);

/** A page of the mother, while another tab has her child at hand. */
async function hersBesideChild(path: string): Promise<PlainPage> {
  await browser.submit(await browser.open(HOUSEHOLD), { press: ["open", "0"] });
  const hers = await browser.open(path);
  expect([hers.status, hers.url.pathname]).toEqual([200, path]);
  await browser.submit(await browser.open(HOUSEHOLD), { press: ["person", "child"] });
  expect(await atHand(browser)).toContain("zu Kind gehört");
  return hers;
}

test("what is typed on the page of one person is saved for them, whoever a second tab took at hand", async () => {
  const hers = await hersBesideChild("/de/potsdam/W-18g/name");
  const saved = await browser.submit(hers, { values: { ...fillingOf(hers, p1.answers), givenNames: ["Anika Maria"] } });
  expect(saved.status).toBe(200);
  expect(await answersOf(code, 0)).toMatchObject({ givenNames: "Anika Maria" });
  expect(Object.keys((await answersOf(code, 1)) ?? {})).toEqual(["carried"]);
  // The tab goes on with her; what is refused comes back on her page.
  expect(await atHand(browser)).toContain("zu Anika Maria MUSTERKAR gehört");
  const again = await hersBesideChild("/de/potsdam/W-18g/name");
  const refused = await browser.submit(again, { values: { ...fillingOf(again, p1.answers), givenNames: [""] } });
  expect([refused.status, refused.url.pathname]).toEqual([422, "/de/potsdam/W-18g/name"]);
});

test("files come to the person of the page that sends them, and take nobody at hand", async () => {
  const hers = await hersBesideChild("/de/potsdam/W-18g/evidence");
  const bytes = pdfOf(10_000);
  const script = uploaderOf(browser, hers);
  const id = await script.begin(bytes.length);
  expect((await script.put(id, 0, bytes)).status).toBe(204);
  expect((await script.look(id)).status).toBe(200);
  expect((await script.complete(id, hashOf(bytes))).status).toBe(200);
  expect(await atHand(browser)).toContain("zu Kind gehört");
  const body = new URLSearchParams({ csrf: csrfOf(hers) });
  expect(await (await browser.send("/de/session", { method: "POST", body })).json()).toEqual({ open: true });
  expect(await atHand(browser)).toContain("zu Kind gehört");
  const posted = await browser.submit(hers, { files: { "PASS.files": [personaFile("passport.pdf")] } });
  expect(posted.status).toBe(200);
  expect(JSON.stringify(await answersOf(code, 0))).toContain(id);
  expect(Object.keys((await answersOf(code, 1)) ?? {})).toEqual(["carried"]);
});

test("deleting takes the person whom the page has named", async () => {
  await hersBesideChild("/de/potsdam/W-18g/name");
  const child = await browser.open("/de/delete-data");
  await browser.submit(await browser.open(HOUSEHOLD), { press: ["open", "0"] });
  await browser.submit(child);
  expect([await answersOf(code, 0), await answersOf(code, 1)]).toEqual([expect.anything(), undefined]);
});

test("a page of another access code saves nothing, and asks for that code", async () => {
  const hers = await browser.open("/de/potsdam/W-18g/name");
  const stranger = await walkTo(stack.url, p1, "review");
  const theirs = await codeFrom(stranger.browser);
  await browser.submit(await browser.open("/de/resume"), { values: { code: [theirs] } });
  const values = { ...fillingOf(hers, p1.answers), givenNames: ["Fremd"] };
  expect((await browser.submit(hers, { values })).url.pathname).toBe("/de/session-ended");
  for (const one of [code, theirs]) expect(await answersOf(one, 0)).not.toMatchObject({ givenNames: "Fremd" });
  // The token elsewhere than in front: refused all the same.
  const body = new URLSearchParams({
    ...Object.fromEntries(Object.entries(values).map(([name, [value]]) => [name, value ?? ""])),
    filler: "x".repeat(2_000),
    csrf: csrfOf(hers),
  });
  const late = await browser.send("/de/potsdam/W-18g/name", { method: "POST", body });
  expect(late.status).toBe(403);
});
