import { existsSync } from "node:fs";
import type { Figure } from "./figures.ts";
import { parseOptions, USAGE, type BenchOptions } from "./options.ts";
import type { SurgeFigures } from "./parts/surge.ts";

/** What a part prints, one line each, and whether it is as it should be. */
type Outcome = { lines: readonly (Figure | SurgeFigures)[]; isMet: boolean };
type Part = { isQuick: boolean; run: (options: BenchOptions) => Promise<Outcome> };

const judged = (lines: readonly Figure[]): Outcome => ({ lines, isMet: lines.every(({ met }) => met) });

async function surge({ persons }: BenchOptions): Promise<Outcome> {
  const { figures, isMet } = await (await import("./parts/surge.ts")).benchSurge(persons);
  return { lines: [figures], isMet };
}

/** Parts by name; those that take minutes run only when they are named. */
const parts: Readonly<Record<string, Part>> = {
  step: { isQuick: true, run: async () => judged(await (await import("./parts/step.ts")).benchStep()) },
  weight: { isQuick: true, run: async () => judged(await (await import("./parts/weight.ts")).benchWeight()) },
  submit: { isQuick: true, run: async () => judged(await (await import("./parts/submit.ts")).benchSubmit()) },
  start: { isQuick: true, run: async () => judged(await (await import("./parts/start.ts")).benchStart()) },
  walk: { isQuick: true, run: async () => judged(await (await import("./parts/walk.ts")).benchWalk()) },
  competence: {
    isQuick: true,
    run: async () => judged(await (await import("./parts/competence.ts")).benchCompetence()),
  },
  pdf: { isQuick: true, run: async () => judged(await (await import("./parts/pdf.ts")).benchPdf()) },
  xauslaender: {
    isQuick: true,
    run: async () => judged(await (await import("./parts/xauslaender.ts")).benchXauslaender()),
  },
  memory: { isQuick: true, run: async () => judged(await (await import("./parts/memory.ts")).benchMemory()) },
  delivery: { isQuick: false, run: async () => judged(await (await import("./parts/delivery.ts")).benchDelivery()) },
  queue: { isQuick: false, run: async () => judged(await (await import("./parts/queue.ts")).benchQueue()) },
  lighthouse: {
    isQuick: false,
    run: async () => judged(await (await import("./parts/lighthouse.ts")).benchLighthouse()),
  },
  surge: { isQuick: false, run: surge },
};

const PROGRESS_MS = 10_000;

/**
 * `npm run --silent bench -- [PART…] [--persons N]`: measures the build against its bars (architecture 12); one JSON line a figure on
 * standard output, progress on the error output. Exit 0: all met; 1: a bar missed; 2: no such part or option, or no build.
 */
async function bench(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (!options) {
    console.error(USAGE);
    return 2;
  }
  const { names } = options;
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) {
    console.error(`bench: there is no part "${unknown}"; there are ${Object.keys(parts).join(", ")}`);
    return 2;
  }
  if (!existsSync("build/server/index.js")) {
    console.error("bench: nothing is built; npm run build");
    return 2;
  }
  const chosen = Object.entries(parts).filter(([name, { isQuick }]) =>
    names.length > 0 ? names.includes(name) : isQuick,
  );
  let isMissed = false;
  for (const [name, part] of chosen) {
    const begun = Date.now();
    const progress = setInterval(
      () => console.error(`bench: ${name}, ${Math.round((Date.now() - begun) / 1000)} s`),
      PROGRESS_MS,
    );
    const { lines, isMet } = await part.run(options).finally(() => clearInterval(progress));
    for (const line of lines) console.log(JSON.stringify(line));
    isMissed ||= !isMet;
  }
  return isMissed ? 1 : 0;
}

process.exitCode = await bench(process.argv.slice(2));
