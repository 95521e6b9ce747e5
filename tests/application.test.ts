import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillIn, referenceOf, type Applicant } from "./support/applicant.ts";
import type { PlainPage } from "./support/plainBrowser.ts";
import { createDatabase, type TestDatabase } from "./support/postgres.ts";
import { startDemo, type RunningDemo } from "./support/runningDemo.ts";
import { until } from "./support/until.ts";

const dataDir = mkdtempSync(join(tmpdir(), "application-"));
let database: TestDatabase;
let pool: pg.Pool;
let demo: RunningDemo;
let applicant: Applicant;
let reference: string;

beforeAll(async () => {
  database = await createDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  pool.on("error", () => undefined);
  demo = await startDemo(dataDir, { DATABASE_URL: database.url });
  applicant = await fillIn(demo.url);
  reference = referenceOf(await applicant.submit());
  await until(applicant.events, (events) => events.includes("accepted"), 60_000);
}, 240_000);
afterAll(async () => {
  await demo?.stop();
  await pool?.end();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function pdf(): Promise<Uint8Array> {
  const response = await applicant.browser.send("/de/potsdam/application.pdf");
  expect(response.headers.get("content-type")).toBe("application/pdf");
  return new Uint8Array(await response.arrayBuffer());
}

const squeezed = (text: string) => text.replace(/\s+/g, "");

/** Text of all pages without spaces; a word cut at the end of a line is whole again. */
async function textOfPdf(bytes: Uint8Array): Promise<string> {
  const opened = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const pages = Array.from({ length: opened.numPages }, async (_, index) => {
    const { items } = await (await opened.getPage(index + 1)).getTextContent();
    return items.map((item) => ("str" in item ? item.str : "")).join("");
  });
  return squeezed((await Promise.all(pages)).join(""));
}

const germanTexts = ({ document }: PlainPage) =>
  document.querySelectorAll("article[lang=de] bdi").map(({ textContent }) => textContent.trim());

test("the applicant gets the very file that the authority got", async () => {
  const hash = createHash("sha256")
    .update(await pdf())
    .digest("hex");
  const { rows } = await pool.query<{ sha256: string }>(
    "select sha256 from documents join cases on cases.id = documents.case_id where cases.reference = $1",
    [reference],
  );
  expect(rows).toEqual([{ sha256: hash }]);
});

test("the page holds what the PDF holds", async () => {
  const page = await applicant.browser.open("/de/potsdam/application");
  const printed = await textOfPdf(await pdf());
  const texts = germanTexts(page);
  expect(texts).toContain(reference);
  expect(texts.length).toBeGreaterThan(80);
  expect(texts.filter((text) => !printed.includes(squeezed(text)))).toEqual([]);
  expect(page.document.querySelectorAll(".ao-reading")).toEqual([]);
});

test("on an Arabic page the same German text leads, with Arabic beside it", async () => {
  const german = await applicant.browser.open("/de/potsdam/application");
  const arabic = await applicant.browser.open("/ar/potsdam/application");
  expect(arabic.document.querySelector("html")?.getAttribute("dir")).toBe("rtl");
  expect(arabic.document.querySelector("article")?.getAttribute("dir")).toBe("ltr");
  expect(germanTexts(arabic)).toEqual(germanTexts(german));
  const helps = arabic.document.querySelectorAll(".ao-reading[lang=ar][dir=rtl]");
  expect(helps.length).toBeGreaterThan(40);
  expect(helps.filter(({ textContent }) => !/\p{Script=Arabic}/u.test(textContent)).length).toBeLessThan(5);
});

test.each(["/de/potsdam/receipt", "/de/status"])("%s leads to it, and it leads to the PDF", async (at) => {
  const from = await applicant.browser.open(at);
  expect(from.document.querySelector('a[href="/de/potsdam/application"]')).not.toBeNull();
  const page = await applicant.browser.open("/de/potsdam/application");
  expect(page.document.querySelector('a[href="/de/potsdam/application.pdf"]')).not.toBeNull();
});
