// @ts-check
/** `npm run dev`: like `npm start`, and builds and restarts the service whenever a source file changes. */
import { watch } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { stopPart, untilHealthy } from "./children.mjs";
import { fromRoot } from "./paths.mjs";
import { complain, say } from "./say.mjs";
import { checkSettings, readSettings } from "./settings.mjs";
import { setUp } from "./setup.mjs";
import { startService } from "./stack.mjs";
import { announce, demoAddresses, startAll, stopAll, untilAskedToStop } from "./supervise.mjs";

const WATCHED = ["app", "flows", "locales", "config", "drizzle"];

/** Editors write several files at once; in milliseconds. */
const SETTLE = 200;
const DRAIN = 5_000;

/** @type {import("./children.mjs").Part[]} */
const parts = [];
let isChanged = false;

/** @param {import("./settings.mjs").Settings} settings */
async function restart({ port, dataDir, host }) {
  await setUp();
  const old = parts.pop();
  if (old) await stopPart(old, DRAIN);
  const service = startService({ dataDir, port, host, ...demoAddresses(port) });
  parts.push(service);
  await untilHealthy(service);
  say("Restarted.");
}

try {
  void untilAskedToStop().then(async () => {
    await stopAll(parts);
    process.exit(0);
  });
  const settings = { ...readSettings(process.env), production: false };
  await checkSettings(settings);
  await setUp();
  await startAll(settings, parts);
  announce(settings, parts);
  for (const folder of WATCHED) watch(fromRoot(folder), { recursive: true }, () => (isChanged = true));
  for (;;) {
    await pause(SETTLE);
    if (!isChanged) continue;
    isChanged = false;
    await restart(settings).catch(complain);
  }
} catch (error) {
  complain(error);
  await stopAll(parts);
  process.exit(1);
}
