import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longestFirst.ts";

export default defineConfig({
  test: {
    include: [
      "app/**/*.test.{ts,tsx}",
      "flows/**/*.test.ts",
      "drizzle/**/*.test.ts",
      "bench/**/*.test.ts",
      "tests/**/*.test.ts",
    ],
    // What takes minutes belongs to `npm run test:full`.
    exclude: ["tests/e2e/**", "node_modules/**", ...(process.env["TEST_FULL"] ? [] : ["**/*.full.test.ts"])],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    globalSetup: ["tests/support/postgresServer.ts"],
    server: { deps: { inline: ["drizzle-orm"] } },
  },
});
