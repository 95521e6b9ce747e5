// @ts-check
/** `npm run worker`: a process that delivers beside those that show pages. Uses nothing newer than Node 20 and no package. */
import { stopPart, untilHealthy } from "./children.mjs";
import { checkDataFolder, checkPorts } from "./preflight.mjs";
import { complain, Obstacle, say } from "./say.mjs";
import { readSettings } from "./settings.mjs";
import { setUp } from "./setup.mjs";
import { startWorkerProcess } from "./stack.mjs";
import { untilAskedToStop } from "./supervise.mjs";

/** What the worker holds may end, and then its connections; in milliseconds. */
const DRAIN = 70_000;

/** @param {import("./settings.mjs").Settings} settings */
async function run({ port, host, dataDir }) {
  const asked = untilAskedToStop();
  const worker = startWorkerProcess({ dataDir, port, host });
  const ended = worker.ended.then((how) => {
    throw new Obstacle(`the worker ended unexpectedly (${how}).`);
  });
  try {
    await Promise.race([asked, ended, untilHealthy(worker)]);
    say(`The worker is running. Health: ${worker.url}/health. Stop it with Ctrl+C.`);
    say(`\nStopping (${await Promise.race([asked, ended])}) …`);
  } finally {
    ended.catch(() => undefined);
    await stopPart(worker, DRAIN);
  }
  say("Stopped.");
}

try {
  if (!process.env["DATABASE_URL"])
    throw new Obstacle(
      "a worker of its own needs PostgreSQL, set DATABASE_URL. " +
        "With the embedded database npm start delivers as well: it takes one process only.",
    );
  const settings = readSettings(process.env);
  checkDataFolder(settings.dataDir);
  const remedy = "Set PORT to a free port";
  await checkPorts([{ name: "the worker", port: settings.port, host: settings.host, remedy }]);
  await setUp();
  await run(settings);
  process.exit(0);
} catch (error) {
  complain(error);
  process.exit(1);
}
