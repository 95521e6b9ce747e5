import { chromium, type Browser } from "@playwright/test";
import { browserArguments, findBrowser } from "#tests/support/browser.ts";

/** Starts the browser of the tests; `port` opens it to other tools. */
export async function openBrowser(port?: number): Promise<Browser> {
  const { executablePath, env } = await findBrowser();
  const args = port === undefined ? browserArguments : [...browserArguments, `--remote-debugging-port=${port}`];
  return chromium.launch({ executablePath, args, env: { ...process.env, ...env } });
}
