import { deployed } from "#app/config/deployed.ts";
import { loadConfig } from "#app/config/load.server.ts";
import { env } from "#app/env.server.ts";

/** Folder of an authority at the demo gateway, with the authority's name. */
export type DemoMailbox = { mailbox: string; name: string };

/** The mailboxes of the configured authorities that are reached by a gateway, for the demo gateway. */
export function demoMailboxes(): DemoMailbox[] {
  const { configEnv, mode } = env();
  const config = loadConfig({ root: process.cwd(), environment: configEnv, mode, known: deployed });
  return config.authorities.flatMap(({ transport, name }) =>
    transport.kind === "drop" ? [{ mailbox: transport.mailbox, name }] : [],
  );
}
