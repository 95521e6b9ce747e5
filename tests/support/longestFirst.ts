import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes minutes begins first, so that at the end nobody waits for it alone; without earlier runs vitest cannot know. */
const LONGEST = ["tests/chaos.test.ts", "tests/start.test.ts", "tests/plaintext.test.ts"];

const rank = ({ moduleId }: TestSpecification): number => {
  const place = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`));
  return place < 0 ? LONGEST.length : place;
};

/** The order of vitest, behind the files that are known to be long. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
