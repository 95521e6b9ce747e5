import { parseArgs } from "node:util";
import { z } from "zod";

/** What the command line of the bench says. */
export type BenchOptions = {
  /** Parts by name; none for all quick ones. */
  names: readonly string[];
  /** How many people come in a surge. */
  persons: number;
};

export const USAGE =
  "usage: npm run --silent bench -- [PART…] [--persons 1…100000, for the part surge, 1000 by default]";

const persons = z.coerce.number().int().min(1).max(100_000);

/** Reads the command line; `undefined` if it cannot be read. */
export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  try {
    const options = { persons: { type: "string", default: "1000" } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { names: positionals, persons: persons.parse(values.persons) };
  } catch {
    return undefined;
  }
}
