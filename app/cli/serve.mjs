// @ts-check
/** Runs the built service alone, as `npm start` does it and as a container should. Needs Node 24. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { drainOnSignal } from "./drain.mjs";
import { SERVICE_LOCK, takeLock } from "./lock.mjs";
import { dataDirOf, fromRoot } from "./paths.mjs";
import { complain, Obstacle } from "./say.mjs";

try {
  // PostgreSQL takes any number of processes, which share the folder of files; the embedded database takes one.
  if (!process.env["DATABASE_URL"]) {
    const dataDir = dataDirOf(process.env);
    const lock = takeLock(join(dataDir, SERVICE_LOCK));
    if (!lock.ok)
      throw new Obstacle(`the service already runs on ${dataDir} (DATA_DIR) as process ${lock.holder?.pid}.`);
  }
  const build = await import(pathToFileURL(fromRoot("build/server/index.js")).href);
  const running = await build.entry.module.startService(build);
  drainOnSignal(running.stop);
} catch (error) {
  complain(error);
  process.exit(1);
}
