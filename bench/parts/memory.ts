import { figureOf, type Figure } from "../figures.ts";
import { fireMany } from "../load.ts";
import { residentMb } from "../processes.ts";
import { startOnPostgres } from "../stack.ts";
import { readPersona } from "#tests/support/persona.ts";
import { walkTo } from "#tests/support/plainJourney.ts";

const SECONDS = 20;
const EVERY_MS = 250;

/** Highest memory of the process that serves pages, under load for 20 seconds, with PostgreSQL. */
export async function benchMemory(): Promise<Figure[]> {
  const { stack, mode, stop } = await startOnPostgres();
  try {
    // A whole filing with files first: what it loads stays loaded.
    const { browser } = await walkTo(stack.url, readPersona("p1", "de"), "receipt");
    const headers = { cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
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
    return [figureOf({ name: "memory.web", value: highest, unit: "MB", mode }, { atMost: 250 })];
  } finally {
    await stop();
  }
}
