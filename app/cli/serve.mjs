// @ts-check
/** Runs the built service alone, as `npm start` does it and as a container should. Needs Node 24. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SERVICE_LOCK, takeLock } from "./lock.mjs";
import { dataDirOf, fromRoot } from "./paths.mjs";
import { complain, Obstacle } from "./say.mjs";

/**
 * Ends the service in order when asked to; a second signal does not wait.
 * @param {() => Promise<void>} stop
 */
function drainOnSignal(stop) {
  let isStopping = false;
  const drain = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    stop().then(
      () => process.exit(0),
      (error) => {
        complain(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", drain).on("SIGINT", drain);
}

try {
  const dataDir = dataDirOf(process.env);
  const lock = takeLock(join(dataDir, SERVICE_LOCK));
  if (!lock.ok) throw new Obstacle(`the service already runs on ${dataDir} (DATA_DIR) as process ${lock.holder?.pid}.`);
  const build = await import(pathToFileURL(fromRoot("build/server/index.js")).href);
  const running = await build.entry.module.startService(build);
  drainOnSignal(running.stop);
} catch (error) {
  complain(error);
  process.exit(1);
}
