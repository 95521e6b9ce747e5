import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { keepKeys, lendKeys } from "./lentKeys.ts";

/** Everything that `npm start` runs, with all that it writes to its output. */
export type RunningDemo = {
  url: string;
  zustelldienst: string;
  /** Output of all processes so far. */
  output: () => string;
  /** Ends the service as `kill -9` does; resolves when the rest has ended too. */
  kill9: () => Promise<void>;
  stop: () => Promise<void>;
};

const PORTS = 8;

/** A port with as many free ports after it as the other parts of the demo take. */
export async function portOfDemo(): Promise<number> {
  for (;;) {
    // Below the ports that outgoing connections take: one of those would be in the way of the next start. Above 10080, the last
    // that fetch and browsers refuse to open.
    const first = 10_100 + Math.floor(Math.random() * 20_000);
    const ports = Array.from({ length: PORTS }, (_, offset) => first + offset);
    const servers = ports.map((port) => createServer().listen(port, "127.0.0.1"));
    const tries = servers.map((server) =>
      once(server, "listening").then(
        () => true,
        () => false,
      ),
    );
    const free = await Promise.all(tries);
    await Promise.all(servers.filter((server) => server.listening).map((server) => once(server.close(), "close")));
    if (free.every(Boolean)) return first;
  }
}

/** Runs `npm start` without npm on a data folder; resolves when it says that it runs. @throws with its output if it ends */
export async function startDemo(dataDir: string, settings: Record<string, string> = {}): Promise<RunningDemo> {
  const port = await portOfDemo();
  // vitest sets a MODE of its own, npm a life cycle that ties the process to npm.
  const own = { MODE: "demo", npm_lifecycle_event: "", CLOCK: "2026-11-21", DATA_DIR: dataDir, PORT: String(port) };
  const env = { ...process.env, ...own, ...settings };
  lendKeys(dataDir);
  const child = spawn(process.execPath, ["app/cli/start.mjs"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  const output = await untilItRuns(child);
  keepKeys(dataDir);
  const end = async () => {
    child.kill("SIGTERM");
    await closed;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    zustelldienst: `http://127.0.0.1:${port + 1}`,
    output,
    kill9: async () => {
      process.kill(serviceBelow(child.pid ?? 0), "SIGKILL");
      await closed;
    },
    stop: end,
  };
}

/** Process id of the service among the parts that a supervisor started. */
function serviceBelow(supervisor: number): number {
  const children = readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, "utf8").trim().split(" ");
  const service = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("serve.mjs"));
  if (service === undefined) throw new Error("the service does not run");
  return Number(service);
}

async function untilItRuns(child: ChildProcess): Promise<() => string> {
  let text = "";
  await new Promise<void>((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("Stop it with")) resolve();
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.once("close", () => reject(new Error(`npm start ended: ${text}`)));
  });
  return () => text;
}
