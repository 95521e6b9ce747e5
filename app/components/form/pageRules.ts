import type { Step } from "#flows/engine/facts.ts";

/** Where the rules of a page stand: file and name in `flows/steps`, or the questions that an authority adds. */
export type RulesAt = { file: string; page: string } | "extra";

const files = import.meta.glob<Readonly<Record<string, unknown>>>([
  "../../../flows/steps/*.ts",
  "!**/*.test.ts",
  "!**/*.fixture.ts",
]);

/** Path of a file of pages as the build names it. */
const pathOf = (file: string) => `../../../flows/steps/${file}.ts`;

function isPage(value: unknown): value is Step {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "fields" && "check" in value;
}

/** Loads the rules of one page; undefined if there are none of that name. @throws when the network fails */
export async function loadRules(at: RulesAt): Promise<Step | undefined> {
  if (at === "extra") return { kind: "extra", section: "questions" };
  const found = (await files[pathOf(at.file)]?.())?.[at.page];
  return isPage(found) ? found : undefined;
}
