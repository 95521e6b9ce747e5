import { expect } from "vitest";
import { parseAccessCode } from "#app/store/access-code.ts";
import { holderOf, type Holder } from "#app/store/holder.server.ts";
import { codeOf, titleOf, type PlainBrowser, type PlainPage } from "./plainBrowser.ts";

/** The words of a page's content. */
export const textOf = ({ document }: PlainPage): string => document.querySelector("main")?.textContent ?? "";

/** The heading of a page. */
export const headingOf = ({ document }: PlainPage): string =>
  document.querySelector("main h1")?.textContent.trim() ?? "";

/** Checks a page that says no: in words, with nothing of the inside: no stack, no file, no table. */
export function expectFriendly(page: PlainPage, status: number): void {
  expect(page.status).toBe(status);
  expect(headingOf(page)).not.toBe("");
  expect(titleOf(page)).toContain("Aufenthalt Online");
  expect(page.text).not.toMatch(/node_modules|\.tsx?:\d|select |insert |at \w+ \(/);
  expect(page.headers.get("cache-control")).toBe("no-store");
}

/** The access code that the person of a browser wrote down from the page "save your code". */
export async function codeFrom(browser: PlainBrowser): Promise<string> {
  return codeOf(await browser.open("/de/potsdam/save-code"));
}

/** What the code of a browser opens. */
export async function holderIn(browser: PlainBrowser): Promise<Holder> {
  const parsed = parseAccessCode(await codeFrom(browser));
  if (!parsed.ok) throw new Error("no code");
  return holderOf(parsed.secret);
}
