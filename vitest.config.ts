import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes minutes begins first, so that at the end nobody waits for it alone; without earlier runs vitest cannot know. */
const LONGEST = ["tests/chaos.test.ts", "tests/start.test.ts", "tests/plaintext.test.ts"];

const rank = ({ moduleId }: TestSpecification): number => {
  const place = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`));
  return place < 0 ? LONGEST.length : place;
};

/** The order of vitest, behind the files that are known to be long. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // In two steps: the linter takes every `.sort()` for that of arrays.
    const byVitest = super.sort.bind(this);
    return (await byVitest(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

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
