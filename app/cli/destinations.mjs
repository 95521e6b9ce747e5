// @ts-check
/** Prints the inboxes of the demo authorities as a JSON list, as the built service knows them. */
import { pathToFileURL } from "node:url";
import { fromRoot } from "./paths.mjs";
import { complain } from "./say.mjs";

try {
  const build = await import(pathToFileURL(fromRoot("build/server/index.js")).href);
  process.stdout.write(JSON.stringify(await build.entry.module.demoDestinations()), () => process.exit(0));
} catch (error) {
  complain(error);
  process.exit(1);
}
