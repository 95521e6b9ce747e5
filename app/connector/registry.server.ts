import { drop } from "./drop/adapter.server.ts";
import type { DropConfig } from "./drop/config.server.ts";
import { failing } from "./failing.server.ts";
import { fitConnect } from "./fit-connect/adapter.server.ts";
import type { FitConnectConfig } from "./fit-connect/config.server.ts";
import { slow, type SlowSettings } from "./slow.server.ts";
import type { Transport } from "./transport.ts";

/** Which transports this installation has; `failing` and `slow` are for demonstration and tests. */
export type TransportsConfig = {
  fitConnect?: FitConnectConfig;
  drop?: DropConfig;
  failing?: boolean;
  slow?: SlowSettings;
};

/** All transports by id. They take an authority's options raw and parse them on every call. */
export function transports(config: TransportsConfig): ReadonlyMap<string, Transport> {
  const all: Transport[] = [];
  if (config.fitConnect) all.push(withRawOptions(fitConnect(config.fitConnect)));
  if (config.drop) all.push(withRawOptions(drop(config.drop)));
  if (config.failing) all.push(withRawOptions(failing()));
  if (config.slow) all.push(withRawOptions(slow(config.slow)));
  return new Map(all.map((transport) => [transport.id, transport]));
}

function withRawOptions<Options>(transport: Transport<Options>): Transport {
  const { id, parseOptions, selfTest, deliver, poll, collect, close } = transport;
  return {
    id,
    parseOptions,
    selfTest: async (options, needs) => selfTest(parseOptions(options), needs),
    deliver: async (message, options, progress, save) => deliver(message, parseOptions(options), progress, save),
    poll: async (messageId, options, progress) => poll(messageId, parseOptions(options), progress),
    ...(collect && { collect: async (options, take) => collect(parseOptions(options), take) }),
    ...(close && { close }),
  };
}
