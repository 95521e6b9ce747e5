import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { figureOf, median, type Figure } from "../figures.ts";
import { cpuPerRequest, fireMany, type Shot } from "../load.ts";
import { startOnPostgres } from "../stack.ts";
import { readPersona } from "#tests/support/persona.ts";
import { bodyOf, type PlainBrowser, type PlainPage } from "#tests/support/plainBrowser.ts";
import { fillingOf, walkTo } from "#tests/support/plainJourney.ts";

const STEP = "job";
const WARM_UP = 300;
const REQUESTS = 400;
const RUNS = 3;

/** Starts the floor: the same HTML rendered by the framework alone. */
async function startFloor(html: string): Promise<{ url: string; pid: number; stop: () => Promise<void> }> {
  const file = join(tmpdir(), `aufenthalt-floor-${process.pid}.html`);
  writeFileSync(file, html);
  const child = spawn(process.execPath, ["bench/floor.ts", file], {
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return {
    url: line.toString().trim(),
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

const cookieOf = ({ cookies }: PlainBrowser) => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");

function shotsOf(base: string, browser: PlainBrowser, page: PlainPage, values: Record<string, string[]>) {
  const headers = { cookie: cookieOf(browser), "accept-language": "de" };
  const get: Shot = { url: page.url.href, method: "GET", headers, status: 200 };
  const posted = bodyOf(page, { values });
  const post: Shot = {
    url: page.url.href,
    method: "POST",
    headers: { ...headers, origin: base, "content-type": "application/x-www-form-urlencoded" },
    body: String(posted),
    status: 302,
  };
  return { get, brotli: { ...get, headers: { ...headers, "accept-encoding": "br" } }, post };
}

/**
 * CPU time of one page of the wizard: read, read with brotli, and saved (a valid post, answered by a redirect). The floor
 * is the same HTML rendered by the framework alone, measured between the runs of the service.
 */
export async function benchStep(): Promise<Figure[]> {
  const { stack, mode, stop } = await startOnPostgres();
  try {
    const persona = readPersona("p1", "de");
    const { browser, page } = await walkTo(stack.url, persona, STEP);
    const values = fillingOf(page, persona.answers);
    // Saved once, the page comes filled, as it does for whoever returns to it.
    await browser.submit(page, { values });
    const filled = await browser.open(page.url.href);
    const shots = shotsOf(stack.url, browser, filled, values);
    const floor = await startFloor(filled.text);
    const plainFloor: Shot = { url: floor.url, method: "GET", headers: {}, status: 200 };
    try {
      const found = { get: [], brotli: [], post: [], floor: [] } as Record<string, number[]>;
      const targets = [
        ["floor", floor.pid, plainFloor],
        ["get", stack.pid(), shots.get],
        ["brotli", stack.pid(), shots.brotli],
        ["post", stack.pid(), shots.post],
      ] as const;
      for (const [, , shot] of targets) await fireMany(shot, WARM_UP);
      for (let run = 0; run < RUNS; run += 1) {
        for (const [name, pid, shot] of targets) found[name]?.push(await cpuPerRequest(pid, shot, REQUESTS));
      }
      const floorMs = median(found["floor"] ?? []);
      const figure = (name: string, bar: number) =>
        figureOf(
          { name: `step.${name}`, value: median(found[name] ?? []), unit: "ms", mode, floor: floorMs },
          { atMost: bar, orRatio: 2 },
        );
      const size = { name: "step.html", value: filled.text.length / 1024, unit: "KB" } as const;
      return [figure("get", 3), figure("brotli", 4.5), figure("post", 3), figureOf(size, { atMost: 30 })];
    } finally {
      await floor.stop();
    }
  } finally {
    await stop();
  }
}
