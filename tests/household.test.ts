import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { loadPersona } from "#app/cli/persona/file.ts";
import { parseAccessCode } from "#app/store/access-code.ts";
import { findDraft } from "#app/store/drafts.server.ts";
import { holderOf, memberSecret } from "#app/store/holder.server.ts";
import { referenceOf } from "./support/applicant.ts";
import { startOpenStack, type OpenStack } from "./support/openStack.ts";
import { codeFrom, textOf } from "./support/pageChecks.ts";
import type { TestPersona } from "./support/persona.ts";
import { plainBrowser, type PlainBrowser, type PlainPage } from "./support/plainBrowser.ts";
import { fillingOf, walkOn, walkTo } from "./support/plainJourney.ts";
import { until } from "./support/until.ts";

const MINUTES = 60_000;
const HOUSEHOLD = "/de/potsdam/household";

function personaOf(file: string, answers: Record<string, unknown>): TestPersona {
  const { authority, answers: own, uploads } = loadPersona(`tests/personas/${file}.json`);
  return {
    language: "de",
    authority: authority ?? "",
    answers: { ...own, emailRepeat: own["email"], ...answers },
    uploads: new Map([...uploads].map(([code, files]) => [code, files === "later" ? [] : [...files]])),
  };
}

const living = { relativeResidence: "germany", relativeSameAddress: true, relativeTitle: "visa" };
const entry = { ...living, relativeFamilyName: "MUSTERKAR", relativeNationality: "IND" };
const relatives = [
  { ...entry, relation: "spouse", relativeGivenNames: "Rohan", relativeDateOfBirth: "1994-07-02", relativeSex: "m" },
  { ...entry, relation: "child", relativeGivenNames: "Mira", relativeDateOfBirth: "2009-03-01", relativeSex: "w" },
];
const married = { maritalStatus: "married", maritalStatusSince: "2008-05" };
const mother = personaOf("p1", { ...married, family: relatives });
const father = personaOf("p1", { ...married, givenNames: "Rohan", dateOfBirth: "1994-07-02", sex: "m" });
const child = personaOf("child", {
  applicantIs: "child",
  givenNames: "Mira",
  dateOfBirth: "2009-03-01",
  representativeRole: "parent",
  representativeFamilyName: "MUSTERKAR",
  representativeGivenNames: "Anika",
});

let stack: OpenStack;
beforeAll(async () => {
  stack = await startOpenStack();
}, 3 * MINUTES);
afterAll(() => stack?.stop(), MINUTES);

const messages = z.array(
  z.object({ messageId: z.string(), reference: z.string(), kind: z.string(), state: z.string() }),
);
const payload = z.looseObject({
  provenance: z.record(z.string(), z.string()),
  household: z.strictObject({ id: z.uuid(), member: z.int(), joined: z.literal(true).optional() }),
  links: z.array(z.strictObject({ messageId: z.uuid(), reference: z.string(), relation: z.string() })).default([]),
});

async function arrived(reference: string) {
  const all = messages.parse(await (await fetch(`${stack.fachverfahren}/api/applications`)).json());
  const message = all.find((one) => one.reference === reference);
  if (!message) throw new Error(`${reference} has not arrived`);
  const sent = await fetch(`${stack.fachverfahren}/api/applications/${message.messageId}`);
  return { ...message, ...payload.parse(await sent.json()) };
}

const accepted = (reference: string) =>
  until(
    () => arrived(reference),
    ({ state }) => state === "accepted",
    MINUTES,
  );

/** The people on the page of the household: name and what is said of them. */
const personsOn = ({ document }: PlainPage) =>
  document
    .querySelectorAll(".ao-items > li")
    .map((item) => [item.querySelector("b")?.textContent, item.querySelector(".ao-items__note")?.textContent ?? ""]);

/** The choices of the form that adds somebody, by their words. */
const choicesOn = ({ document }: PlainPage) =>
  new Map(
    document
      .querySelectorAll('input[name="person"]')
      .map((input) => [
        document.querySelector(`label[for="${input.id}"]`)?.textContent.trim() ?? "",
        input.getAttribute("value") ?? "",
      ]),
  );

async function add(browser: PlainBrowser, words: string): Promise<PlainPage> {
  const page = await browser.open(HOUSEHOLD);
  const value = choicesOn(page).get(words) ?? expect.fail(`no choice ${words}`);
  return browser.submit(page, { press: ["person", value] });
}

async function open(browser: PlainBrowser, member: number): Promise<PlainPage> {
  return browser.submit(await browser.open(HOUSEHOLD), { press: ["open", String(member)] });
}

const toReview = (browser: PlainBrowser, persona: TestPersona, start: PlainPage) =>
  walkOn(browser, persona, start, (path) => path.endsWith("/review"));
const file = (browser: PlainBrowser, persona: TestPersona, review: PlainPage) =>
  browser.submit(review, { values: fillingOf(review, persona.answers) });

/** What is stored of a member of the household of a browser. */
async function draftOf(browser: PlainBrowser, member: number) {
  const parsed = parseAccessCode(await codeFrom(browser));
  if (!parsed.ok) throw new Error("no code");
  return findDraft(stack.db, holderOf(memberSecret(parsed.secret, member)), new Date("2026-11-21T12:00:00Z"));
}

const boxOf = ({ document }: PlainPage) =>
  document.querySelector("[data-household]")?.textContent.replace(/\s+/g, " ").trim() ?? "";

describe(
  "a mother applies for herself, her husband and her child in one sitting",
  () => {
    let browser: PlainBrowser;
    let code: string;
    const references: Record<string, string> = {};

    test("she finds whom she has named, and the next person begins with what is shared", async () => {
      const walked = await walkTo(stack.url, mother, "review");
      browser = walked.browser;
      code = await codeFrom(browser);
      expect(walked.page.document.querySelector(`main a[href="${HOUSEHOLD}"]`)).not.toBeNull();
      const page = await browser.open(HOUSEHOLD);
      expect(personsOn(page)).toEqual([["Anika MUSTERKAR", expect.stringContaining("Entwurf: ")]]);
      expect([...choicesOn(page).keys()]).toEqual([
        "Rohan MUSTERKAR (Ehepartner oder Ehepartnerin)",
        "Mira MUSTERKAR (Kind)",
        "Ehepartner oder Ehepartnerin",
        "Kind",
        "Vater oder Mutter",
        "Bruder oder Schwester",
        "Andere Person",
      ]);
      const first = await add(browser, "Rohan MUSTERKAR (Ehepartner oder Ehepartnerin)");
      expect(first.url.pathname).toBe("/de/potsdam/triage/place");
      expect(await codeFrom(browser)).toBe(code);
      const draft = await draftOf(browser, 1);
      expect(draft?.content.household).toMatchObject({ member: 1, relation: "spouse" });
      expect(draft?.content.answers).toEqual({
        carried: expect.objectContaining({
          postalCode: "14467",
          street: "Musterallee",
          givenNames: "Rohan",
          maritalStatus: "married",
          referenceGivenNames: "Anika",
        }),
      });
    });

    test("pressed again, the same person is not begun twice", async () => {
      const page = await browser.open(HOUSEHOLD);
      const again = await browser.submit(page, { press: ["person", "spouse"] });
      expect(again.url.pathname).toBe("/de/potsdam/triage/place");
      expect(personsOn(await browser.open(HOUSEHOLD))).toHaveLength(3);
      expect(choicesOn(await browser.open(HOUSEHOLD)).has("Rohan MUSTERKAR (Ehepartner oder Ehepartnerin)")).toBe(
        false,
      );
      await browser.submit(await browser.open(HOUSEHOLD), { press: ["person", "spouse"] });
      expect(personsOn(await browser.open(HOUSEHOLD))).toHaveLength(3);
      // The one too many goes again.
      const rest = await browser.submit(await browser.open("/de/delete-data"));
      expect([rest.url.pathname, rest.url.search]).toEqual([HOUSEHOLD, "?deleted"]);
      expect(personsOn(rest)).toHaveLength(2);
    });

    test("each is filed on its own page, and the receipt says who is still open", async () => {
      await toReview(browser, father, await open(browser, 1));
      const receipt = await file(browser, mother, await open(browser, 0));
      references["mother"] = referenceOf(receipt);
      expect(boxOf(receipt)).toContain("Abgesendet: 1 von 2 Anträgen.");
      expect(boxOf(receipt)).toContain("Noch nicht abgesendet: Rohan MUSTERKAR");
      expect(receipt.document.querySelector(`[data-household] a[href="${HOUSEHOLD}"]`)).not.toBeNull();

      const review = await toReview(browser, child, await add(browser, "Mira MUSTERKAR (Kind)"));
      const second = await file(browser, child, review);
      references["child"] = referenceOf(second);
      expect(boxOf(second)).toContain("Abgesendet: 2 von 3 Anträgen.");

      const third = await file(browser, father, await open(browser, 1));
      references["father"] = referenceOf(third);
      expect(boxOf(third)).toContain("Abgesendet: 3 von 3 Anträgen.");
      expect(boxOf(third)).not.toContain("Noch nicht");
      expect(new Set(Object.values(references)).size).toBe(3);
    });

    test("all three are accepted, belong together, and say who is who", async () => {
      const [her, his, its] = await Promise.all(
        ["mother", "father", "child"].map((who) => accepted(references[who] ?? "")),
      );
      if (!her || !his || !its) throw new Error("not all have arrived");
      const { id } = her.household;
      expect(her).toMatchObject({ household: { id, member: 0 }, links: [] });
      const toHer = { messageId: her.messageId, reference: her.reference };
      expect(its).toMatchObject({ household: { id, member: 2 }, links: [{ ...toHer, relation: "parent" }] });
      expect(his).toMatchObject({
        household: { id, member: 1 },
        links: [
          { ...toHer, relation: "spouse" },
          { messageId: its.messageId, reference: its.reference, relation: "other" },
        ],
      });
      expect(its.provenance).toMatchObject({ street: "carriedOver", givenNames: "carriedOver", number: "typed" });
      expect(her.provenance).toMatchObject({ street: "typed", givenNames: "typed" });
      const clerk = await (await fetch(`${stack.fachverfahren}/applications/${his.messageId}`)).text();
      for (const { messageId } of [her, its]) expect(clerk).toContain(`/applications/${messageId}`);
      expect(clerk).toContain("Gehört zusammen mit");
    });

    test("one code opens all of them from another device, a reference beside it chooses one", async () => {
      const other = plainBrowser(stack.url);
      const page = await other.submit(await other.open("/de/resume"), { values: { code: [code] } });
      expect(page.url.pathname).toBe(HOUSEHOLD);
      expect(personsOn(page)).toEqual(
        [
          ["Anika MUSTERKAR", "mother"],
          ["Rohan MUSTERKAR", "father"],
          ["Mira MUSTERKAR", "child"],
        ].map(([name, who]) => [name, expect.stringContaining(references[who ?? ""] ?? "-")]),
      );
      const status = await open(other, 2);
      expect([status.url.pathname, textOf(status).includes(references["child"] ?? "-")]).toEqual(["/de/status", true]);

      const third = plainBrowser(stack.url);
      const form = await third.open("/de/status");
      const chosen = await third.submit(form, { values: { code: [code], reference: [references["father"] ?? ""] } });
      expect([chosen.url.pathname, textOf(chosen).includes(references["father"] ?? "-")]).toEqual(["/de/status", true]);
      const wrong = await third.submit(form, { values: { code: [code], reference: ["0000-0000-0011"] } });
      expect(wrong.status).toBe(422);
    });
  },
  8 * MINUTES,
);

test(
  "the code shows every person, deleting takes only the one at hand, and ending the session closes all",
  async () => {
    const { browser } = await walkTo(stack.url, mother, "review");
    const code = await codeFrom(browser);
    await add(browser, "Mira MUSTERKAR (Kind)");
    expect(
      (await browser.open("/de/potsdam/triage/place")).document.querySelector(".ao-context a[href$='/household']"),
    ).not.toBeNull();
    const asked = await browser.open("/de/delete-data");
    expect(textOf(asked)).toContain("Gelöscht wird nur, was zu Mira MUSTERKAR gehört.");
    expect(textOf(await browser.open(HOUSEHOLD))).toContain("gerade geöffnet ist: Mira MUSTERKAR");
    const rest = await browser.submit(asked);
    expect(personsOn(rest)).toEqual([["Anika MUSTERKAR", expect.any(String)]]);
    expect(textOf(rest)).toContain("Die Daten dieser Person sind gelöscht");

    await add(browser, "Mira MUSTERKAR (Kind)");
    const csrf = (await browser.open(HOUSEHOLD)).document.querySelector('input[name="csrf"]')?.getAttribute("value");
    await browser.send("/de/end-session", { method: "POST", body: new URLSearchParams({ csrf: csrf ?? "" }) });
    expect((await browser.open(HOUSEHOLD)).url.pathname).toBe("/de/resume");
    const back = await browser.submit(await browser.open("/de/resume"), { values: { code: [code] } });
    expect(personsOn(back)).toHaveLength(2);

    await browser.submit(await browser.open("/de/delete-data"));
    const last = await browser.submit(await browser.open("/de/delete-data"));
    expect([last.url.pathname, last.url.search]).toEqual(["/de/delete-data", "?done"]);
    const gone = await browser.submit(await browser.open("/de/resume"), { values: { code: [code] } });
    expect(gone.status).toBe(422);
  },
  3 * MINUTES,
);

test("without a choice the page asks for one, and a post without token is refused", async () => {
  const browser = plainBrowser(stack.url);
  await browser.submit(await browser.open("/de/potsdam/triage/place"), {
    values: { postalCode: ["14467"], place: ["Potsdam"] },
  });
  const page = await browser.open(HOUSEHOLD);
  for (const filling of [
    {},
    { press: ["person", "relative:nobody"] as const },
    { press: ["person", "king"] as const },
  ]) {
    const refused = await browser.submit(page, filling);
    expect(refused.status).toBe(422);
    expect(refused.document.querySelector('#errors a[href="#f-person"]')).not.toBeNull();
  }
  expect(await browser.submit(page, { press: ["open", "7"] })).toMatchObject({ status: 200 });
  const body = new URLSearchParams({ person: "child" });
  expect((await browser.send(HOUSEHOLD, { method: "POST", body })).status).toBe(403);
  expect(personsOn(await browser.open(HOUSEHOLD))).toHaveLength(1);
});
