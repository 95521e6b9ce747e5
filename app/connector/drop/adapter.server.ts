import type { Transport } from "../transport.ts";
import { readAcks } from "./acks.server.ts";
import { collect, type Looks } from "./collect.server.ts";
import { openGateways, parseOptions, type DropConfig, type DropOptions } from "./config.server.ts";
import { deliver } from "./deliver.server.ts";
import { parseProgress } from "./progress.ts";
import { selfTest } from "./selfTest.server.ts";

/** Puts messages into folders that gateways of data centres empty, on a drive or over SFTP (docs/drop.md). */
export function drop(config: DropConfig): Transport<DropOptions> {
  const gateways = openGateways(config);
  const looks: Looks = new Map();
  return {
    id: "drop",
    parseOptions,
    selfTest: (options) => selfTest(gateways, options),
    deliver: (message, options, progress, save) => deliver(gateways, message, options, progress, save),
    poll: async (messageId, _options, progress) => {
      const state = parseProgress(progress);
      if (state?.stage !== "sent") return [];
      return gateways.find(state.gateway).places.use((place) => readAcks(place, state.mailbox, messageId));
    },
    collect: (options, take) => collect(gateways, looks, options, take),
    close: gateways.close,
  };
}
