import { figureOf, type Figure } from "../figures.ts";
import { fireMany } from "../load.ts";
import { residentMb } from "../processes.ts";
import { startOnPostgres } from "../stack.ts";
import { readPersona } from "#tests/support/persona.ts";
import { walkTo } from "#tests/support/plainJourney.ts";

const SECONDS = 20;
const EVERY_MS = 250;

async function highestMemory(name: string, bar: number, worker: boolean): Promise<Figure> {
  const { stack, mode, stop } = await startOnPostgres({ worker });
  try {
    // A whole filing with files first: what it loads stays loaded.
    const { browser } = await walkTo(stack.url, readPersona("p1", "de"), "receipt");
    await browser.open("/de/potsdam/application.pdf");
    const headers = { cookie: [...browser.cookies].map((entry) => entry.join("=")).join("; ") };
    const paths = ["/de/potsdam", "/ar/potsdam/triage/place", "/uk/status", "/de/potsdam/receipt"];
    let highest = residentMb(stack.pid());
    const watch = setInterval(() => {
      highest = Math.max(highest, residentMb(stack.pid()));
    }, EVERY_MS);
    try {
      const until = Date.now() + SECONDS * 1000;
      while (Date.now() < until) {
        for (const path of paths) await fireMany({ url: stack.url + path, method: "GET", headers, status: 200 }, 50);
      }
    } finally {
      clearInterval(watch);
    }
    return figureOf({ name, value: highest, unit: "MB", mode }, { atMost: bar });
  } finally {
    await stop();
  }
}

/**
 * Highest memory under load for 20 seconds, with PostgreSQL: of a process that serves pages, filing and PDF included, and
 * of one that delivers as well.
 */
export async function benchMemory(): Promise<Figure[]> {
  return [await highestMemory("memory.web", 250, false), await highestMemory("memory.webAndWorker", 350, true)];
}
