// @ts-check
/** `npm start`: does its own missing set-up, then runs the service. Uses nothing newer than Node 20 and no package. */
import { complain, say } from "./say.mjs";
import { checkSettings, readSettings } from "./settings.mjs";
import { setUp } from "./setup.mjs";
import { supervise } from "./supervise.mjs";

try {
  say("Aufenthalt Online");
  const settings = readSettings(process.env);
  await checkSettings(settings);
  await setUp();
  process.exit(await supervise(settings));
} catch (error) {
  complain(error);
  process.exit(1);
}
