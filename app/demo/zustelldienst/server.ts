import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import type { AppEnv } from "./access.ts";
import { createApp } from "./app.ts";
import { createCallbacks } from "./callbacks.ts";
import { requireSafeSettings, type Client } from "./config.ts";
import { openContents } from "./contents.ts";
import { createFaults } from "./faults.ts";
import { loadServiceKeys } from "./keys.ts";
import { sweep } from "./lifecycle.ts";
import { createLocks } from "./locks.ts";
import { contentFiles } from "./model.ts";
import type { Service } from "./service.ts";
import { createEventSigner } from "./sets.ts";
import { StartupError } from "./startup-error.ts";
import { openStore } from "./store.ts";
import { createTokens } from "./tokens.ts";

const DEFAULT_RATE_LIMIT = 6000;
const SWEEP_INTERVAL_MS = 60_000;

/** How to start a simulator. */
export interface ZustelldienstOptions {
  /** 0 = any free port. */
  port: number;
  /** Loopback only; 127.0.0.1 when absent. */
  host?: string;
  /** Folder of its own; everything that must survive a restart lies here. */
  dataDir: string;
  clients: Client[];
  /** Base address for issuer strings, when it differs from the address listened on. */
  publicUrl?: string;
  /** Calls a minute per client; 6000 when absent. */
  rateLimitPerMinute?: number;
  /** Clock behind tokens, event tokens and timers. */
  now?: () => Date;
  /** Writes one line per request (method, status, path; never contents) to standard output. */
  verbose?: boolean;
}

/** A running simulator. */
export interface Zustelldienst {
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Starts the simulator of the FIT-Connect Zustelldienst. The port is taken before the folder is touched, so that a
 * second start by mistake cannot disturb the first. Throws a {@link StartupError} for a busy port or unusable folder.
 */
export async function startZustelldienst(options: ZustelldienstOptions): Promise<Zustelldienst> {
  const { host = "127.0.0.1", now = () => new Date(), dataDir, clients } = options;
  requireSafeSettings({ ...options, host });

  const opened = Promise.withResolvers<Hono<AppEnv>>();
  opened.promise.catch(() => undefined);
  const server = createAdaptorServer({
    fetch: async (request, env) => {
      const app = await opened.promise;
      const answer = await app.fetch(request, env);
      if (options.verbose) {
        process.stdout.write(`${request.method} ${answer.status} ${new URL(request.url).pathname}\n`);
      }
      return answer;
    },
  });
  const closeServer = async () => {
    const closed = once(server, "close");
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
    await closed;
  };

  const listening = once(server, "listening");
  server.listen(options.port, host);
  await listening.catch((cause: unknown) => {
    throw new StartupError(`cannot listen on ${host}:${options.port} (${codeOf(cause)})`, { cause });
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : options.port;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;

  try {
    const background = createBackground();
    const publicUrl = (options.publicUrl ?? url).replace(/\/+$/, "");
    const rateLimitPerMinute = options.rateLimitPerMinute ?? DEFAULT_RATE_LIMIT;
    const service = await openService({ dataDir, clients, publicUrl, rateLimitPerMinute, now, background: background.add });
    await sweep(service);
    const timer = setInterval(() => background.add(sweep(service)), SWEEP_INTERVAL_MS);
    timer.unref();
    opened.resolve(createApp(service));
    return {
      url,
      port,
      close: async () => {
        clearInterval(timer);
        await closeServer();
        service.callbacks.stop();
        await background.idle();
        await service.store.close();
      },
    };
  } catch (cause) {
    opened.reject(cause);
    await closeServer();
    const reason = cause instanceof Error && "code" in cause ? codeOf(cause) : String(cause);
    throw new StartupError(`cannot use folder ${dataDir} (${reason})`, { cause });
  }
}

async function openService(options: {
  dataDir: string;
  clients: Client[];
  publicUrl: string;
  rateLimitPerMinute: number;
  now: () => Date;
  background: (work: Promise<unknown>) => void;
}): Promise<Service> {
  const { dataDir, clients, publicUrl, rateLimitPerMinute, now, background } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const keys = await loadServiceKeys(join(dataDir, "keys.json"));
  const store = await openStore(join(dataDir, "journal.jsonl"));
  const contents = await openContents(join(dataDir, "contents"));
  await contents.keepOnly(new Set(store.unfinished().flatMap(contentFiles)));
  const faults = createFaults();
  return {
    store,
    contents,
    keys,
    faults,
    now,
    rateLimitPerMinute,
    background,
    locks: createLocks(),
    callbacks: createCallbacks({ faults, now }),
    tokens: createTokens({ secret: keys.tokenSecret, clients, issuer: `${publicUrl}/token`, now }),
    signer: createEventSigner({ issuer: `${publicUrl}/submission-api`, keys, faults, now }),
  };
}

/** Work that goes on after its answer; a failure is noted without its contents. */
function createBackground() {
  const running = new Set<Promise<unknown>>();
  return {
    add: (work: Promise<unknown>) => {
      const noted = work
        .catch((cause: unknown) => {
          const name = cause instanceof Error ? cause.name : "unknown";
          process.stderr.write(`Zustelldienst (SIMULATOR): background work failed: ${name}\n`);
        })
        .finally(() => running.delete(noted));
      running.add(noted);
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "unknown reason";
}
