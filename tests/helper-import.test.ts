import { afterAll, beforeAll, expect, test } from "vitest";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { z } from "zod";
import { csvOf, family, onePerson } from "./support/importFiles.ts";
import { startOpenStack, type OpenStack } from "./support/openStack.ts";
import { headingOf, textOf } from "./support/pageChecks.ts";
import { errorsOf, plainBrowser, valuesOf, type PlainBrowser, type PlainPage } from "./support/plainBrowser.ts";
import { logInAs } from "./support/staffLogin.ts";
import { until } from "./support/until.ts";

const MINUTES = 60_000;
const PAGE = "/helper/import";
const SHEETS = "/helper/import/sheets.pdf";

let stack: OpenStack;
let browser: PlainBrowser;
beforeAll(async () => {
  stack = await startOpenStack({ identity: true });
  browser = (await logInAs(stack, "helper", PAGE)).browser;
}, 4 * MINUTES);
afterAll(() => stack?.stop(), MINUTES);

const messages = z.array(z.looseObject({ reference: z.string(), state: z.string() }));
const rows = async (query: string) => (await stack.pool.query<Record<string, unknown>>(query)).rows;

const send = (page: PlainPage, bytes: Uint8Array, authority = "potsdam") =>
  browser.submit(page, { values: { authority: [authority] }, files: { file: [{ name: "people.csv", bytes }] } });

/** The rows of a table of the page, cell by cell. */
function tableOf({ document }: PlainPage, section: string): string[][] {
  const lines = document.querySelectorAll(`section[aria-labelledby="${section}"] tbody tr`);
  return lines.map((line) => line.querySelectorAll("td").map((cell) => cell.textContent.trim()));
}

/** The words of every page of a PDF, without blanks. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const pdf = await getDocument({ data: bytes, verbosity: 0 }).promise;
  const pages = Array.from({ length: pdf.numPages }, async (_, index) => {
    const { items } = await (await pdf.getPage(index + 1)).getTextContent();
    return items.map((item) => ("str" in item ? item.str : "")).join("");
  });
  return (await Promise.all(pages)).map((text) => text.replace(/\s/g, ""));
}

/** What the page sends for the sheets of the families. */
function sheetForm({ document }: PlainPage): URLSearchParams {
  const inputs = document.querySelectorAll(`form[action="${SHEETS}"] input`);
  return new URLSearchParams(
    inputs.map((input) => [input.getAttribute("name") ?? "", input.getAttribute("value") ?? ""]),
  );
}

/** The report that can be saved. */
function csvIn({ document }: PlainPage): string {
  const href = document.querySelector("a[download^=import]")?.getAttribute("href") ?? "";
  return Buffer.from(href.split(",")[1] ?? "", "base64").toString();
}

test(
  "a file becomes accepted applications, a wrong row is told in both languages, and the code opens its family",
  async () => {
    const form = await browser.open(PAGE);
    expect(headingOf(form)).toBe("Anträge aus einer Datei");
    const report = await send(
      form,
      csvOf([...family("A", 0), onePerson(20, { familyName: "Тестенко" }), onePerson(30)]),
    );
    expect(report.status).toBe(200);
    expect(textOf(report)).toContain("Personen: 5. Anträge gestellt: 4, schon vorher gestellt: 0, nicht gestellt: 1.");
    const [wrong] = tableOf(report, "wrong");
    expect(wrong?.slice(0, 4)).toEqual(["5", "F20", "Olena Тестенко", "familyName"]);
    expect(wrong?.[4]).toContain("Das sind kyrillische Buchstaben");
    expect(wrong?.[5]).toContain("це літери кирилиці");
    const filed = tableOf(report, "families");
    expect(filed.map(([id, state, name]) => [id, state, name])).toEqual([
      ["A", "Antrag gestellt", "Olena Testaaaaa"],
      ["A", "Antrag gestellt", "Daryna Testaaaac"],
      ["A", "Antrag gestellt", "Andrij Testaaaab"],
      ["F30", "Antrag gestellt", "Olena Testaaada"],
    ]);
    const csv = csvIn(report);
    const code = filed[0]?.[4] ?? "";
    expect(csv.split("\r\n").filter((line) => line.includes(code))).toHaveLength(1);

    const sheets = await browser.send(SHEETS, { method: "POST", body: sheetForm(report) });
    expect([sheets.status, sheets.headers.get("cache-control")]).toEqual([200, "no-store"]);
    const pages = await pagesOf(new Uint8Array(await sheets.arrayBuffer()));
    expect(pages).toHaveLength(2);
    for (const [, , , reference = "?"] of filed.slice(0, 3)) expect(pages[0]).toContain(reference);
    expect([pages[0]?.includes(code), pages[1]?.includes(code)]).toEqual([true, false]);
    expect(pages.join()).not.toMatch(/Olena|Testaaa/);
    const others = sheetForm(report);
    others.append("sheet", "7K4M 1234");
    expect((await browser.send(SHEETS, { method: "POST", body: others })).status).toBe(400);

    const own = plainBrowser(stack.url);
    const opened = await own.submit(await own.open("/de/resume"), { values: { code: [code] } });
    expect(opened.url.pathname).toBe("/de/potsdam/household");
    for (const [, , , reference = "?"] of filed) {
      await until(
        async () => messages.parse(await (await fetch(`${stack.fachverfahren}/api/applications`)).json()),
        (all) => all.some((one) => one.reference === reference && one.state === "accepted"),
        MINUTES,
      );
    }
    expect(await rows("select action, subject, authority, role from audit where action = 'helper.import'")).toEqual([
      { action: "helper.import", subject: null, authority: "potsdam", role: "helper" },
    ]);
  },
  3 * MINUTES,
);

test("sent again from the same page, because no answer came, it tells the same codes; from a new page none", async () => {
  const bytes = csvOf([onePerson(100), onePerson(101)]);
  const form = await browser.open(PAGE);
  const first = tableOf(await send(form, bytes), "families");
  const again = tableOf(await send(form, bytes), "families");
  expect(again.map(([, state]) => state)).toEqual(["war schon gestellt", "war schon gestellt"]);
  expect(again.map(([, , ...rest]) => rest)).toEqual(first.map(([, , ...rest]) => rest));
  const anew = await send(await browser.open(PAGE), bytes);
  // Where no code is known there is nothing to print.
  expect(anew.document.querySelector(`form[action="${SHEETS}"]`)).toBe(null);
  const elsewhere = tableOf(anew, "families");
  expect(elsewhere.map(([, , , reference, code]) => [reference, code])).toEqual(
    first.map(([, , , reference]) => [reference, ""]),
  );
});

test("a file that cannot be read, none at all, and an authority of others", async () => {
  const form = await browser.open(PAGE);
  const refused = await send(form, csvOf([onePerson(1)]).subarray(0, "family;relation".length));
  expect([refused.status, textOf(refused)]).toEqual([422, expect.stringContaining("Diese Spalten fehlen")]);
  expect(textOf(refused)).toContain("Бракує цих колонок");
  const large = await send(form, Buffer.alloc(6_000_000, "a"));
  expect([large.status, textOf(large)]).toEqual([422, expect.stringContaining("größer als 5 MB")]);
  const empty = await browser.submit(form, { values: { authority: ["potsdam"] } });
  expect([empty.status, errorsOf(empty).map(({ text }) => text)]).toEqual([422, ["Datei: Diese Angabe fehlt."]]);
  const body = new FormData();
  for (const [name, [value = ""]] of Object.entries(valuesOf(form)) as [string, string[]][]) body.append(name, value);
  body.set("authority", "barnim");
  body.append("file", new File([new Uint8Array(csvOf([onePerson(1)]))], "people.csv"));
  const foreign = await browser.send(PAGE, { method: "POST", body });
  expect([foreign.status, (await foreign.text()).includes("Behörde: Diese Angabe fehlt.")]).toEqual([422, true]);
});

test("the templates are there for everybody", async () => {
  const { document } = await browser.open(PAGE);
  const links = document.querySelectorAll('a[href^="/templates/"]').map((link) => link.getAttribute("href") ?? "");
  expect(links).toHaveLength(4);
  for (const link of links) expect((await plainBrowser(stack.url).send(link)).status).toBe(200);
});
