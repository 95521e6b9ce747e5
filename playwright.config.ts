import { defineConfig } from "@playwright/test";
import { browserArguments, findBrowser } from "./tests/support/browser.ts";

const { executablePath, env } = await findBrowser();

export default defineConfig({
  testDir: "tests/e2e",
  // What takes long belongs to `npm run test:full`.
  ...(process.env["TEST_FULL"] ? {} : { testIgnore: /\.full\.spec\.ts$/ }),
  outputDir: "test-results",
  // A journey starts real processes and encrypts real files; two cores are shared with them.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // Files run side by side, each with a demo of its own; the tests of a file one after the other.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: { executablePath, args: browserArguments, env: { ...process.env, ...env } },
    locale: "de-DE",
    timezoneId: "Europe/Berlin",
    trace: "off",
    screenshot: "off",
  },
});
