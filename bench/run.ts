import { existsSync } from "node:fs";
import type { Figure } from "./figures.ts";

/** Parts by name; those that take minutes run only when they are named. */
const parts: Readonly<Record<string, { isQuick: boolean; run: () => Promise<Figure[]> }>> = {
  step: { isQuick: true, run: async () => (await import("./parts/step.ts")).benchStep() },
  weight: { isQuick: true, run: async () => (await import("./parts/weight.ts")).benchWeight() },
  submit: { isQuick: true, run: async () => (await import("./parts/submit.ts")).benchSubmit() },
  start: { isQuick: true, run: async () => (await import("./parts/start.ts")).benchStart() },
  walk: { isQuick: true, run: async () => (await import("./parts/walk.ts")).benchWalk() },
  competence: { isQuick: true, run: async () => (await import("./parts/competence.ts")).benchCompetence() },
  pdf: { isQuick: true, run: async () => (await import("./parts/pdf.ts")).benchPdf() },
  xauslaender: { isQuick: true, run: async () => (await import("./parts/xauslaender.ts")).benchXauslaender() },
  memory: { isQuick: true, run: async () => (await import("./parts/memory.ts")).benchMemory() },
  delivery: { isQuick: false, run: async () => (await import("./parts/delivery.ts")).benchDelivery() },
  queue: { isQuick: false, run: async () => (await import("./parts/queue.ts")).benchQueue() },
  lighthouse: { isQuick: false, run: async () => (await import("./parts/lighthouse.ts")).benchLighthouse() },
};

const PROGRESS_MS = 10_000;

/**
 * `npm run --silent bench -- [PART…]`: measures the build against its bars (architecture 12); one JSON line a figure on
 * standard output, progress on the error output. Exit 0: all met; 1: a bar missed; 2: no such part, or no build.
 */
async function bench(names: readonly string[]): Promise<number> {
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
    const figures = await part.run().finally(() => clearInterval(progress));
    for (const figure of figures) console.log(JSON.stringify(figure));
    isMissed ||= figures.some(({ met }) => !met);
  }
  return isMissed ? 1 : 0;
}

process.exitCode = await bench(process.argv.slice(2));
