import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { portOfDemo } from "./support/runningDemo.ts";

const folders: string[] = [];
const running: ChildProcess[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "start-"));
  folders.push(folder);
  return folder;
}

/** Runs `npm start` without npm until it says that it runs or why it does not. */
async function start(dataDir: string, port: number) {
  // vitest sets a MODE of its own, npm a life cycle that ties the process to npm.
  const own = { MODE: "demo", npm_lifecycle_event: "" };
  const env = { ...process.env, ...own, DATA_DIR: dataDir, PORT: String(port), CLOCK: "2026-11-21" };
  const child = spawn(process.execPath, ["app/cli/start.mjs"], { env, stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  const exit = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | string);
  const output = await new Promise<string>((resolve) => {
    let text = "";
    const collect = (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("Stop it with")) resolve(text);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("close", () => resolve(text));
  });
  return { child, output, exit };
}

test("it names all addresses, refuses a second start on the same data, and drains on SIGTERM", async () => {
  const [dataDir, port] = [newFolder(), await portOfDemo()];
  const { child, output, exit } = await start(dataDir, port);
  for (const path of ["/", "/operator", "/health"]) expect(output).toContain(`http://127.0.0.1:${port}${path}`);
  for (const offset of [1, 2, 4, 6]) expect(output).toContain(`http://127.0.0.1:${port + offset}/`);
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);

  const second = await start(dataDir, await portOfDemo());
  expect(second.output).toContain(`the service already runs on ${dataDir} (DATA_DIR)`);
  expect(await second.exit).toBe(1);
  const busy = await start(newFolder(), port);
  expect(busy.output).toContain(`port ${port} for the service is already in use`);
  expect(await busy.exit).toBe(1);

  child.kill("SIGTERM");
  expect(await exit).toBe(0);
  expect(existsSync(join(dataDir, "service.lock"))).toBe(false);
}, 120_000);

test("after kill -9 of everything's parent the next start works at once", async () => {
  const [dataDir, port] = [newFolder(), await portOfDemo()];
  const first = await start(dataDir, port);
  first.child.kill("SIGKILL");
  await first.exit;
  const { output } = await start(dataDir, port);
  expect(output).toContain("Aufenthalt Online is running");
}, 120_000);

test("when the service dies everything stops and says so", async () => {
  const [dataDir, port] = [newFolder(), await portOfDemo()];
  const { exit } = await start(dataDir, port);
  const { pid } = JSON.parse(readFileSync(join(dataDir, "service.lock"), "utf8")) as { pid: number };
  process.kill(pid, "SIGKILL");
  expect(await exit).toBe(1);
  await expect(fetch(`http://127.0.0.1:${port + 1}/health`)).rejects.toThrow();
}, 120_000);
