import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { z } from "zod";

/** How long and how it storms. */
export type ChaosOptions = {
  seed: number;
  /** Length of the storm, in seconds. */
  seconds: number;
  /** How long what was filed may take to arrive once the storm is over, in seconds. */
  drainSeconds: number;
  database: "postgres" | "pglite";
};

export const USAGE =
  "usage: npm run chaos -- [--seconds 10…86400] [--seed NUMBER] [--drain SECONDS] [--pglite]\n" +
  "  storms for 300 seconds on PostgreSQL unless told otherwise; exit 0: nothing lost and nothing doubled";

const options = z.object({
  seconds: z.coerce.number().int().min(10).max(86_400).default(300),
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional(),
  drain: z.coerce.number().int().min(10).max(3_600).default(240),
  pglite: z.boolean().default(false),
});

/** Reads the command line; `undefined` if it cannot be read. Without a seed one is drawn. */
export function parseOptions(args: readonly string[]): ChaosOptions | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seconds: { type: "string" },
        seed: { type: "string" },
        drain: { type: "string" },
        pglite: { type: "boolean" },
      },
    });
    const { seconds, seed = randomInt(1_000_000), drain, pglite } = options.parse(values);
    return { seconds, seed, drainSeconds: drain, database: pglite ? "pglite" : "postgres" };
  } catch {
    return undefined;
  }
}
