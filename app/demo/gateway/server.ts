import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import { createApp } from "./app.ts";
import type { Config } from "./config.ts";
import { createDesk } from "./desk.ts";
import { createIntake } from "./intake.ts";
import { openKeys, writeGateways, type GatewayKeys } from "./keys.ts";
import type { MessageRecord } from "./record.ts";
import { loadSchemas } from "./schemas.ts";
import { listenSftp } from "./sftp.ts";
import { openStore } from "./store.ts";

/** Settings of the simulator, with a clock for tests. */
export type GatewayOptions = Omit<Config, "host"> & {
  host?: string;
  now?: () => Date;
  log?: (line: string) => void;
};

/** A running simulator of a gateway. */
export type Gateway = {
  url: string;
  sftpPort: number;
  /** Folder with the mailboxes, as the SFTP server shows it. */
  boxes: string;
  /** File of gateways for the online service. */
  gatewaysFile: string;
  keys: GatewayKeys;
  /** Takes in what lies in the mailboxes now; resolves when it is done. */
  sweep: () => Promise<void>;
  messages: () => readonly MessageRecord[];
  /** Lets the authority decide about a message that came in. */
  decide: (messageId: string, verdict: "accept" | "reject", problems?: string[]) => Promise<void>;
  close: () => Promise<void>;
};

const inUrl = (host: string) => (host.includes(":") && !host.startsWith("[") ? `[${host}]` : host);

/** Starts the gateway: opens its store, SFTP server and pages, writes the file of gateways, then takes in messages. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { dataDir, mailboxes, host = "127.0.0.1", now = () => new Date(), log = () => undefined } = options;
  const boxes = join(dataDir, "boxes");
  await mkdir(boxes, { recursive: true, mode: 0o700 });
  const keys = await openKeys(dataDir, now());
  const schemas = await loadSchemas(options.schemaDir);
  const store = await openStore(dataDir);
  const desk = createDesk({ store, boxes, now });
  const decision = () => options.decision;
  const own = { dataDir, boxes, mailboxes, store, desk, schemas, contentKey: keys.contentKey, decision, now };
  const intake = await createIntake(own);
  await desk.repair();
  await intake.decideOpen();

  const sftp = await listenSftp({ host, port: options.sftpPort, root: boxes }, keys);
  const pages = createAdaptorServer({ fetch: createApp({ store, desk, mailboxes, now }).fetch });
  try {
    const listening = once(pages, "listening");
    pages.listen(options.port, host);
    await listening;
  } catch (error) {
    await sftp.close();
    throw error;
  }
  const address = pages.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  const gatewaysFile = await writeGateways(options.gatewaysDir, keys, { host, port: sftp.port });

  const stopping = new AbortController();
  let turn: Promise<void> = Promise.resolve();
  const sweep = () => {
    turn = turn.catch(() => undefined).then(intake.sweep);
    return turn;
  };
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await sweep().catch((error: unknown) => log(`intake: ${error instanceof Error ? error.message : "failed"}`));
      await pause(options.pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    url: `http://${inUrl(host)}:${address.port}`,
    sftpPort: sftp.port,
    boxes,
    gatewaysFile,
    keys,
    sweep,
    messages: store.all,
    decide: async (messageId, verdict, problems = []) => {
      const record = store.find(messageId);
      if (!record) throw new Error("there is no such message");
      await (verdict === "accept" ? desk.accept(record) : desk.reject(record, problems));
    },
    close: async () => {
      stopping.abort();
      await running;
      const closed = once(pages, "close");
      pages.close();
      if ("closeAllConnections" in pages) pages.closeAllConnections();
      await Promise.all([closed, sftp.close()]);
    },
  };
}
