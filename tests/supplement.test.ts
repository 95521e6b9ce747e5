import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { loadPersona } from "#app/cli/persona/file.ts";
import { readPersona, type TestPersona } from "./support/persona.ts";
import { codeOf, plainBrowser, valuesOf, type PlainBrowser, type PlainPage } from "./support/plainBrowser.ts";
import { fillingOf, walkOn } from "./support/plainJourney.ts";
import { referenceOf } from "./support/applicant.ts";
import { startStack, type Stack } from "./support/service.ts";
import { until } from "./support/until.ts";

const MINUTES = 60_000;
const e2 = readPersona("e2", "de");
const long = loadPersona("tests/personas/w18b.json");
/** E2 with everything that the long way asks, and the documents. */
const whole: TestPersona = {
  ...e2,
  answers: {
    ...long.answers,
    emailRepeat: long.answers["email"],
    entryDateCurrent: "2024-11-02",
    employerChanged: false,
    ...e2.answers,
  },
  uploads: new Map([...long.uploads].map(([code, files]) => [code, files === "later" ? [] : [...files]])),
};
const p1 = readPersona("p1", "de");

const messages = z.array(
  z.object({
    messageId: z.string(),
    reference: z.string(),
    state: z.string(),
    kind: z.string(),
    caseId: z.string(),
    supplements: z.string().optional(),
  }),
);
const payload = z.looseObject({
  completeness: z.string(),
  evidence: z.array(
    z.looseObject({
      code: z.string(),
      files: z.array(z.looseObject({ filename: z.string() })),
      sentBefore: z.array(z.string()).optional(),
      later: z.unknown().optional(),
    }),
  ),
});

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 2 * MINUTES);
afterAll(() => stack?.stop());

async function arrived(reference: string) {
  const all = messages.parse(await (await fetch(`${stack.fachverfahren}/api/applications`)).json());
  return all.filter((message) => message.reference === reference);
}
const payloadOf = async (messageId: string) =>
  payload.parse(await (await fetch(`${stack.fachverfahren}/api/applications/${messageId}`)).json());

const clerkPage = async (id = "") => (await fetch(`${stack.fachverfahren}/applications/${id}`)).text();

/** What the status page says of application and supplements. */
async function story(browser: PlainBrowser) {
  const { document } = await browser.open("/de/status");
  const of = (name: string) => document.querySelector(`[${name}]`)?.getAttribute(name) ?? "";
  return { status: of("data-status"), events: of("data-events").split(" "), supplements: of("data-supplements") };
}

/** Presses the button of the status page that begins a supplement, or goes on with it. */
async function supplement(browser: PlainBrowser): Promise<PlainPage> {
  const page = await browser.open("/de/status");
  expect(page.document.querySelector('main form[action="/de/supplement"]')).not.toBeNull();
  return browser.submit(page);
}

async function fileShort(persona: TestPersona) {
  const browser = plainBrowser(stack.url);
  const home = await browser.open("/de/potsdam");
  const link = home.document.querySelector('main a[href*="/short/"]')?.getAttribute("href") ?? "";
  const pages: string[] = [];
  const receipt = await walkOn(browser, persona, await browser.open(link), (path) => {
    pages.push(path);
    return path.endsWith("/receipt");
  });
  return { browser, receipt, pages: pages.slice(0, -1) };
}

describe(
  "a person whose title has ended",
  () => {
    let browser: PlainBrowser;
    let reference: string;
    let code: string;

    test("files on six pages without JavaScript, and the authority takes it over as a minimal application", async () => {
      const filed = await fileShort(e2);
      ({ browser } = filed);
      expect(filed.pages.map((path) => path.replace("/de/potsdam/short/", ""))).toEqual([
        "where",
        "wish",
        "who",
        "paper",
        "reach",
        "review",
      ]);
      reference = referenceOf(filed.receipt);
      code = codeOf(await browser.open("/de/potsdam/access-sheet"));
      await until(
        () => story(browser),
        ({ status }) => status === "accepted",
        MINUTES,
      );
      const [message] = await arrived(reference);
      expect(message).toMatchObject({ kind: "application", state: "accepted" });
      const sent = await payloadOf(message?.messageId ?? "");
      expect(sent.completeness).toBe("minimal");
      expect(sent.evidence.map(({ later }) => later)).toEqual(sent.evidence.map(() => ({ reason: "" })));
    });

    test("goes on from another browser by access code, where only open pages remain", async () => {
      browser = plainBrowser(stack.url);
      const wrong = code.startsWith("0") ? `1${code.slice(1)}` : `0${code.slice(1)}`;
      const form = await browser.open("/de/status");
      expect((await browser.submit(form, { values: { code: [wrong] } })).status).toBe(422);
      await browser.submit(form, { values: { code: [code] } });
      const page = await supplement(browser);
      expect(page.url.pathname).toBe("/de/potsdam/triage/changes");
      const again = await supplement(browser);
      expect(again.url.pathname).toBe(page.url.pathname);
      const next = await browser.submit(page, { values: { documentChanges: ["none"] } });
      const first = await walkOn(browser, whole, next, (path) => path.includes("/W-18b/"));
      expect(first.url.pathname).toBe("/de/potsdam/W-18b/mrz");
      const named = await browser.open("/de/potsdam/W-18b/name");
      expect(valuesOf(named)["familyName"]).toEqual(["ABGELAUFEN"]);
    });

    test("who has moved meanwhile hands in where the application is", async () => {
      const other = plainBrowser(stack.url);
      await other.submit(await other.open("/de/status"), { values: { code: [code] } });
      const place = await other.open("/de/potsdam/triage/place");
      const moved = { postalCode: ["14943"], place: ["Luckenwalde"] };
      const next = await other.submit(place, { values: { ...valuesOf(place), ...moved } });
      expect(next.url.pathname).toBe("/de/potsdam/triage/applicant");
      const result = await other.open("/de/potsdam/triage/result");
      expect(result.document.querySelector('main a[href="/de/potsdam/W-18b"]')).not.toBeNull();
      expect(result.document.querySelector('main a[href$="/not-responsible"]')).toBeNull();
    });

    test("can drop the supplement that was begun, and the application stays", async () => {
      const other = plainBrowser(stack.url);
      await other.submit(await other.open("/de/status"), { values: { code: [code] } });
      const page = await other.submit(await other.open("/de/delete-data"));
      expect(page.url.pathname).toBe("/de/status");
      expect(await story(other)).toMatchObject({ status: "accepted", supplements: "" });
    });

    test("hands in the rest, and both messages are accepted in one case", async () => {
      const page = await walkOn(browser, whole, await supplement(browser), (path) => path.endsWith("/review"));
      const filling = { values: fillingOf(page, whole.answers) };
      const receipts = [await browser.submit(page, filling), await browser.submit(page, filling)];
      expect(receipts.map(referenceOf)).toEqual([reference, reference]);
      const { status, events } = await until(
        () => story(browser),
        ({ supplements }) => supplements === "accepted",
        MINUTES,
      );
      expect(status).toBe("accepted");
      expect(events.filter((kind) => kind === "accepted")).toHaveLength(1);
      const [first, second, ...more] = await arrived(reference);
      expect(more).toEqual([]);
      expect(second).toMatchObject({
        kind: "supplement",
        state: "accepted",
        supplements: first?.messageId,
        caseId: first?.caseId,
      });
      const sent = await payloadOf(second?.messageId ?? "");
      expect(sent.completeness).toBe("full");
      expect(sent.evidence.some(({ files }) => files.length > 0)).toBe(true);
    });

    test("can get the PDFs of both, and strangers can check both", async () => {
      const links = (await browser.open("/de/potsdam/application")).document.querySelectorAll('a[href*=".pdf"]');
      const paths = links.map((link) => link.getAttribute("href") ?? "");
      expect(paths).toEqual(["/de/potsdam/application.pdf", "/de/potsdam/application.pdf?message=1"]);
      const names: unknown[] = [];
      for (const path of paths) {
        const response = await browser.send(path);
        names.push(/filename="(\w+)-/.exec(response.headers.get("content-disposition") ?? "")?.[1]);
        const file = { name: "x.pdf", bytes: new Uint8Array(await response.arrayBuffer()) };
        const stranger = plainBrowser(stack.url);
        const form = await stranger.open("/de/verify?way=file");
        const checked = await stranger.submit(form, { files: { file: [file] } });
        expect(checked.document.querySelector("#result")?.textContent).toContain(reference);
      }
      expect(names).toEqual(["Nachreichung", "Antrag"]);
    });

    test("finds both as one in the Fachverfahren", async () => {
      const [first, second] = await arrived(reference);
      expect(await clerkPage(first?.messageId)).toContain(`/applications/${second?.messageId}`);
      expect(await clerkPage(second?.messageId)).toContain(`/applications/${first?.messageId}`);
    });
  },
  5 * MINUTES,
);

test("who wants what nobody takes online still learns until when, and whom to ask", async () => {
  const researcher = { ...e2, answers: { ...e2.answers, workGoal: "otherWork" } };
  const browser = plainBrowser(stack.url);
  const start = await browser.open("/de/potsdam/short/where");
  const { document } = await walkOn(browser, researcher, start, (path) => path.endsWith("/result"));
  const words = document.querySelector("main")?.textContent ?? "";
  expect(words).toContain("10.11.2026");
  expect(words).toContain("Landeshauptstadt Potsdam");
  expect(document.querySelector('main a[href="/de/potsdam/W-18b"]')).toBeNull();
});

test(
  "what was to come later can be handed in, and no file is sent twice, not even if the service dies right after",
  async () => {
    const browser = plainBrowser(stack.url);
    const start = await browser.open("/de/potsdam/triage/place");
    const receipt = await walkOn(browser, p1, start, (path) => path.endsWith("/receipt"));
    const page = await supplement(browser);
    expect(page.url.pathname).toBe("/de/potsdam/W-18g/evidence");
    expect(page.document.querySelector('button[name="remove"]')).toBeNull();
    const file = p1.uploads.get("PASS")?.[0] ?? "";
    const review = await browser.submit(page, { files: { "KV.files": [file] } });
    expect(review.url.pathname).toBe("/de/potsdam/W-18g/review");
    await browser.submit(review, { values: fillingOf(review, p1.answers) });
    await stack.kill9();
    await stack.restart();
    await until(
      () => story(browser),
      ({ status, supplements }) => status === "accepted" && supplements === "accepted",
      MINUTES,
    );
    const found = await arrived(referenceOf(receipt));
    expect(found.map(({ kind }) => kind).toSorted()).toEqual(["application", "supplement"]);
    const sent = await payloadOf(found.find(({ kind }) => kind === "supplement")?.messageId ?? "");
    const files = sent.evidence.flatMap(({ files: own }) => own.map(({ filename }) => filename));
    expect(files).toEqual(["KV-1.pdf"]);
    expect(sent.evidence.find(({ code }) => code === "PASS")?.sentBefore).toEqual(["PASS-1.pdf"]);
  },
  3 * MINUTES,
);
