import { spawn, type ChildProcess } from "node:child_process";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { projectNode } from "../app/cli/node.mjs";

const PERSONS = 60;
const MINUTES = 60_000;

const figures = z.strictObject({
  persons: z.literal(PERSONS),
  accepted: z.literal(PERSONS),
  lost: z.literal(0),
  doubled: z.literal(0),
  stepsPerSecond: z.number().positive(),
  p50: z.number().positive(),
  p95: z.number().positive(),
  p99: z.number().positive(),
  memoryMb: z.number().positive(),
});

let run: ChildProcess | undefined;
afterAll(async () => {
  if (!run || run.exitCode !== null) return;
  const ended = new Promise((resolve) => run?.once("exit", resolve));
  run.kill("SIGTERM");
  await ended;
}, MINUTES);

test(
  "families that all come at once while the Zustelldienst is down are accepted, each person once",
  async () => {
    const guard = pathToFileURL("app/cli/guard.mjs").href;
    const child = spawn(projectNode(), ["--import", guard, "bench/run.ts", "surge", "--persons", String(PERSONS)], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    run = child;
    let output = "";
    let complaints = "";
    child.stdout?.on("data", (chunk) => (output += String(chunk)));
    child.stderr?.on("data", (chunk) => (complaints += String(chunk)));
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code, complaints).toBe(0);
    figures.parse(JSON.parse(output.trim().split("\n").at(-1) ?? ""));
    expect(complaints).toContain("surge: of a core took crowd");
  },
  15 * MINUTES,
);
