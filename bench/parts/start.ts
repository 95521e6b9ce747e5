import { setTimeout as pause } from "node:timers/promises";
import { figureOf, median, type Figure } from "../figures.ts";
import { startOnPglite, startOnPostgres, type Measured } from "../stack.ts";

const RUNS = 3;
const FIRST_PAGE = "/de/potsdam/triage/place";

async function untilPage(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url + FIRST_PAGE).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await pause(5);
  }
}

async function coldStarts({ stack, mode, stop }: Measured): Promise<Figure> {
  const times: number[] = [];
  try {
    for (let run = 0; run < RUNS; run += 1) {
      await stack.stopService();
      const begun = performance.now();
      const healthy = stack.restart();
      await untilPage(stack.url);
      times.push(performance.now() - begun);
      await healthy;
    }
  } finally {
    await stop();
  }
  return figureOf({ name: "start.firstPage", value: median(times), unit: "ms", mode }, { atMost: 1500 });
}

/** Time from the start of the process to the first page of the wizard, on a database that is there already. */
export async function benchStart(): Promise<Figure[]> {
  return [await coldStarts(await startOnPostgres()), await coldStarts(await startOnPglite())];
}
