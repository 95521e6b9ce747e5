// @ts-check
/** Prints the inboxes of the demo authorities as a JSON list, as the built service knows them; `mailboxes`: those at gateways. */
import { pathToFileURL } from "node:url";
import { fromRoot } from "./paths.mjs";
import { complain } from "./say.mjs";

try {
  const build = await import(pathToFileURL(fromRoot("build/server/index.js")).href);
  const { demoDestinations, demoMailboxes } = build.entry.module;
  const inboxes = process.argv[2] === "mailboxes" ? demoMailboxes() : demoDestinations();
  process.stdout.write(JSON.stringify(inboxes), () => process.exit(0));
} catch (error) {
  complain(error);
  process.exit(1);
}
