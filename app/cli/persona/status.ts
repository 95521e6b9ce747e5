import { setTimeout as pause } from "node:timers/promises";
import { find, requireOk, type Browser, type Page } from "#app/cli/persona/browser.ts";
import { notReached } from "#app/cli/persona/fault.ts";
import { submit } from "#app/cli/persona/form.ts";

const PATIENCE = 90_000;
const PAUSE = 1_000;
const ends: readonly string[] = ["accepted", "rejected", "stuck"];

/**
 * Reads the status of an application until the authority has answered, delivery is stuck, or 90 seconds are over.
 * @param code the access code, for a browser whose session is over
 */
export async function followStatus(
  browser: Browser,
  language: string,
  code: string,
): Promise<{ status: string; statusHistory: string[] }> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const page = await statusPage(browser, language, code);
    const status = find(page, "[data-status]")?.getAttribute("data-status");
    if (!status) throw notReached(`${page.url.pathname} shows no status`);
    const words = find(page, "[data-events]")?.getAttribute("data-events") ?? "";
    const statusHistory = words.split(" ").filter(Boolean);
    if (ends.includes(status) || Date.now() > deadline) return { status, statusHistory };
    await pause(PAUSE);
  }
}

async function statusPage(browser: Browser, language: string, code: string): Promise<Page> {
  const page = requireOk(await browser.open(`/${language}/status`));
  return find(page, 'form [name="code"]') ? submit(browser, page, { values: { code: [code] } }) : page;
}
