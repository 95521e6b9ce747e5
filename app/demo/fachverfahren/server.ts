import type { AddressInfo } from "node:net";
import { mkdir } from "node:fs/promises";
import { createAdaptorServer } from "@hono/node-server";
import { createApp } from "./app.ts";
import { createClient } from "./client.ts";
import type { DecisionMode } from "../common/settings.ts";
import type { Config, Destination } from "./config.ts";
import { createDecisions } from "./decisions.ts";
import { createIssuerKeys } from "./issuerKeys.ts";
import { createKeySupply, openKeyRing } from "./keyRing.ts";
import type { DestinationKeys } from "./keys.ts";
import { createLoop } from "./loop.ts";
import { createIntake } from "./receive.ts";
import { addKeyRoutes } from "./rotation.ts";
import { loadSchemas } from "./schemas.ts";
import { openStore } from "./store.ts";

/** Settings of the simulator; `keys` by destination id spare the seconds that making RSA-4096 keys takes. */
export type FachverfahrenOptions = Omit<Config, "host"> & {
  host?: string;
  keys?: Readonly<Record<string, DestinationKeys>>;
  /** Makes the next key pair in the background, so that exchanging one takes no second. */
  preparesKeys?: boolean;
  now?: () => Date;
  log?: (line: string) => void;
};

/** A running simulator of a Fachverfahren. */
export type Fachverfahren = {
  url: string;
  port: number;
  /** Ends calls and connections; everything stays on the disk. */
  close(): Promise<void>;
  /** Changes the rule; open applications follow a rule other than `manual` at once. */
  setDecision(mode: DecisionMode): void;
};

type Handler = (request: Request) => Response | Promise<Response>;

function starting(): Response {
  return new Response("Fachverfahren (SIMULATOR) startet", { status: 503, headers: { "retry-after": "2" } });
}

async function listen(port: number, host: string, handler: () => Handler | undefined) {
  const server = createAdaptorServer({ fetch: (request) => handler()?.(request) ?? starting() });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  return { address: address satisfies AddressInfo, stop };
}

async function prepare(destination: Destination, options: FachverfahrenOptions) {
  const ring = await openKeyRing(options.dataDir, destination.id, options.keys?.[destination.id]);
  const { id, name, publicServices, contactInformation } = destination;
  const registration = () => ({ id, name, publicServices, contactInformation, ...ring.published() });
  return { destination, ring, registration };
}

/** Starts the Fachverfahren: opens its store, binds the port, makes or reads its keys, then polls. */
export async function startFachverfahren(options: FachverfahrenOptions): Promise<Fachverfahren> {
  const { dataDir, host = "127.0.0.1", now = () => new Date(), log = () => undefined } = options;
  const stopping = new AbortController();
  let decision = options.decision;
  let handler: Handler | undefined;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { address, stop } = await listen(options.port, host, () => handler);

  try {
    const store = await openStore(dataDir);
    const schemas = await loadSchemas(options.schemaDir);
    const prepared = await Promise.all(options.destinations.map((destination) => prepare(destination, options)));
    const client = createClient({
      baseUrl: options.zustelldienstUrl,
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      signal: stopping.signal,
    });
    const rings = new Map(prepared.map(({ destination, ring }) => [destination.id, ring]));
    const decisions = createDecisions({ client, store, signingKey: (id) => rings.get(id)?.signingKey(), now });
    const issuerKey = createIssuerKeys(client);
    const issuer = `${options.zustelldienstUrl}/submission-api`;
    const destinations = prepared.map(({ destination, ring, registration }) => {
      const { decryptionKeys, ownKey } = ring;
      return { registration, receiver: { destination, decryptionKeys, schemas, keys: { issuer, issuerKey, ownKey } } };
    });
    const intake = createIntake({ client, store, decisions, now });
    const loop = createLoop({
      client,
      destinations,
      intake,
      decisions,
      store,
      decisionMode: () => decision,
      pollMs: options.pollMs,
      signal: stopping.signal,
      log,
    });
    const app = createApp({
      store,
      schemas,
      decisions,
      destinations: options.destinations,
      registered: loop.registered,
      wake: loop.wake,
      now,
    });
    const newKey = createKeySupply(options.preparesKeys ?? false);
    addKeyRoutes(app, { rings, newKey, register: loop.registerAgain });
    handler = (request) => app.fetch(request);
    const running = loop.run();
    return {
      url: `http://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${address.port}`,
      port: address.port,
      async close() {
        stopping.abort();
        await running;
        await stop();
      },
      setDecision(mode) {
        decision = mode;
        loop.wake();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
