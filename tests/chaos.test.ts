import { spawn, type ChildProcess } from "node:child_process";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { projectNode } from "../app/cli/node.mjs";

const SEED = 20_261_121;
const MINUTES = 60_000;

const figures = z.object({
  filed: z.number(),
  acknowledged: z.number(),
  accepted: z.number(),
  lost: z.number(),
  doubled: z.number(),
  deduplicated: z.number(),
  stuck: z.number(),
});

let run: ChildProcess | undefined;
afterAll(async () => {
  if (!run || run.exitCode !== null) return;
  const ended = new Promise((resolve) => run?.once("exit", resolve));
  run.kill("SIGTERM");
  await ended;
}, MINUTES);

/** Runs the command; with `--import` of the guard it also ends when this process does. */
function chaos(...args: string[]): Promise<{ code: number | null; output: string; complaints: string }> {
  const guard = pathToFileURL("app/cli/guard.mjs").href;
  const child = spawn(projectNode(), ["--import", guard, "tests/chaos/run.ts", ...args], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  run = child;
  let output = "";
  let complaints = "";
  child.stdout?.on("data", (chunk) => (output += String(chunk)));
  child.stderr?.on("data", (chunk) => (complaints += String(chunk)));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output, complaints })));
}

test(
  "a minute of dying processes, broken connections and a lying Zustelldienst loses nothing and doubles nothing",
  async () => {
    const { code, output, complaints } = await chaos("--seconds", "60", "--drain", "90", "--seed", String(SEED));
    const line = output.trim().split("\n").at(-1) ?? "";
    process.stdout.write(`${line}\n`);
    expect(code, complaints).toBe(0);
    const { filed, acknowledged, accepted, lost, doubled, stuck } = figures.parse(JSON.parse(line));
    expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
    expect(filed).toBeGreaterThan(0);
    expect(acknowledged).toBe(filed);
    expect(accepted).toBeGreaterThanOrEqual(filed - stuck);
  },
  5 * MINUTES,
);

test("a seed that is no number, a time too short and an unknown option are refused with the usage", async () => {
  for (const wrong of [
    ["--seed", "x"],
    ["--seconds", "1"],
    ["--minutes", "3"],
  ]) {
    const { code, output, complaints } = await chaos(...wrong);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(complaints).toContain("usage: npm run chaos");
  }
});
