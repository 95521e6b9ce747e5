import { afterAll, beforeAll, expect, test } from "vitest";
import { formatAccessCode, formatReference } from "#app/store/access-code.ts";
import { readPersona } from "#tests/support/persona.ts";
import { codeOf, errorsOf, plainBrowser, type PlainPage } from "#tests/support/plainBrowser.ts";
import { fillingOf, walkTo } from "#tests/support/plainJourney.ts";
import { startStack, type Stack } from "#tests/support/service.ts";
import { until } from "#tests/support/until.ts";

const p1 = readPersona("p1", "de");
let stack: Stack;
let code = "";
let reference = "";

beforeAll(async () => {
  stack = await startStack({ decision: "reject" });
  const { browser, page } = await walkTo(stack.url, p1, "review");
  const receipt = await browser.submit(page, { values: fillingOf(page, p1.answers) });
  reference = receipt.document.querySelector(".ao-ref")?.textContent.trim() ?? "";
  code = codeOf(await browser.open("/de/potsdam/access-sheet"));
}, 240_000);
afterAll(() => stack.stop());

/** Opens the status in a browser that knows nothing yet. */
async function ask(typed: { reference: string; code: string }): Promise<PlainPage> {
  const browser = plainBrowser(stack.url);
  const form = await browser.open("/de/status");
  return browser.submit(form, { values: { reference: [typed.reference], code: [typed.code] } });
}

const wordOf = ({ document }: PlainPage) => document.querySelector("[data-status]")?.getAttribute("data-status");

test("reference and access code open the status on another device, however they are typed", async () => {
  const shown = await ask({ reference: reference.toLowerCase().replaceAll("-", " "), code: code.replaceAll("-", "") });
  expect(wordOf(shown)).toMatch(/^(filed|sent|pickedUp|rejected)$/);
  expect(shown.text).toContain(reference);
  expect(shown.text).not.toContain("MUSTERKAR");
  expect(wordOf(await ask({ reference: "", code }))).toBeDefined();
});

test("a mistyped reference is told at its field, and what was typed stays", async () => {
  const wrong = reference.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  const refused = await ask({ reference: wrong, code });
  expect(refused.status).toBe(422);
  expect(errorsOf(refused).map(({ target }) => target)).toEqual(["#f-reference"]);
  expect(refused.document.querySelector("#f-code")?.getAttribute("value")).toBe(code);
});

test("the reference of another case opens nothing, in the words for an unknown code", async () => {
  const other = formatReference(new Uint8Array(7));
  const foreign = await ask({ reference: other, code });
  const unknown = await ask({ reference: other, code: formatAccessCode(new Uint8Array(16)) });
  expect([foreign.status, unknown.status]).toEqual([422, 422]);
  expect(wordOf(foreign)).toBeUndefined();
  expect(errorsOf(foreign)).toEqual(errorsOf(unknown));
});

test("a message that was not taken over says why in words, its code stands beside them, and it is no refusal", async () => {
  const shown = await until(
    () => ask({ reference, code }),
    (page) => wordOf(page) === "rejected",
  );
  const [status, ...history] = shown.document.querySelectorAll(".ao-codes").map((note) => note.textContent);
  expect(status).toMatch(/^Kennung für Rückfragen: [a-z-]+$/);
  expect(history).toEqual([status]);
  const slug = status?.split(": ").at(-1) ?? "";
  const said = shown.document.querySelectorAll("[data-status] .kern-body").map((line) => line.textContent);
  expect(said.join(" ")).toMatch(/Grund: [A-ZÄÖÜ].* Das ist keine Ablehnung/);
  expect(said.join(" ")).not.toContain(slug);
});
