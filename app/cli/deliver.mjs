// @ts-check
/** Runs the part of the built service that delivers, without pages. Needs Node 24 and PostgreSQL. */
import { pathToFileURL } from "node:url";
import { drainOnSignal } from "./drain.mjs";
import { fromRoot } from "./paths.mjs";
import { complain } from "./say.mjs";

try {
  const build = await import(pathToFileURL(fromRoot("build/server/index.js")).href);
  const running = await build.entry.module.startDelivery();
  drainOnSignal(running.stop);
} catch (error) {
  complain(error);
  process.exit(1);
}
