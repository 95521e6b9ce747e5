import type { Transport } from "../transport.ts";
import { createClient } from "./client.server.ts";
import { checkConfig, parseOptions, type FitConnectConfig, type FitConnectOptions } from "./config.server.ts";
import { deliver } from "./deliver.server.ts";
import { poll } from "./poll.server.ts";
import { createRouting } from "./routing.server.ts";
import { selfTest } from "./selfTest.server.ts";
import { createStatementKeys } from "./statementKeys.server.ts";
import { createTrust } from "./trust.server.ts";

/**
 * The sender of FIT-Connect v2 (publicly documented flow). Tokens and keys for statements are shared by all authorities.
 * @throws DeliveryError misconfigured at once, if the settings are unsafe
 */
export function fitConnect(config: FitConnectConfig): Transport<FitConnectOptions> {
  checkConfig(config);
  const client = createClient(config);
  const trust = createTrust(config);
  const keys = createStatementKeys(client, config, trust);
  const logs = { client, config, trust, keys, findRoute: createRouting(client, config) };
  return {
    id: "fit-connect",
    parseOptions,
    selfTest: (options, needs) => selfTest(logs, options, needs),
    deliver: (message, options, progress, save) => deliver(logs, message, options, progress, save),
    poll: (_messageId, _options, progress) => poll(logs, progress),
  };
}
