import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import type { Hono } from "hono";
import type { AppEnv } from "./access.ts";
import { SUBMISSION_API } from "./apis.ts";
import { createApp } from "./app.ts";
import { createCallbacks } from "./callbacks.ts";
import { requireSafeSettings, type Client } from "./config.ts";
import { openContents } from "./contents.ts";
import { createFaults } from "./faults.ts";
import { createForeignKey, loadPortalKey, loadServiceKeys, once as kept } from "./keys.ts";
import { sweep } from "./lifecycle.ts";
import { createLocks } from "./locks.ts";
import { contentFiles } from "./model.ts";
import { PORTAL } from "./portal.ts";
import type { Service } from "./service.ts";
import { createEventSigner } from "./sets.ts";
import { StartupError } from "./startup-error.ts";
import { openStore } from "./store.ts";
import { createTokens } from "./tokens.ts";

const DEFAULT_RATE_LIMIT = 6000;
const SWEEP_INTERVAL_MS = 60_000;
const CLOSING_MS = 3000;
const REASONS: Record<string, string> = {
  EADDRINUSE: "the port is in use",
  EACCES: "not permitted",
  EPERM: "not permitted",
  EEXIST: "it is not a folder",
  ENOTDIR: "it is not a folder",
  EROFS: "it is read-only",
  ENOSPC: "the disk is full",
};

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
  /** Where probabilities of faults are drawn from, 0 up to 1. */
  random?: () => number;
  /** Makes the key of the portal at the start and not when it is first asked for. */
  preparesKeys?: boolean;
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
  const { host = "127.0.0.1", dataDir } = options;
  requireSafeSettings({ ...options, host });

  const background = createBackground();
  const stopping = new AbortController();
  const server = createAdaptorServer({
    fetch: async (request, env) => {
      const { app } = await opening;
      const answering = Promise.resolve(app.fetch(request, env));
      background.add(answering);
      const answer = await answering;
      if (options.verbose) {
        process.stdout.write(`${request.method} ${answer.status} ${new URL(request.url).pathname}\n`);
      }
      return answer;
    },
  });
  const { port, url } = await listen(server, options.port, host);
  const opening = openService(options, url, stopping.signal, background.add);

  try {
    const { service } = await opening;
    const timer = setInterval(() => background.add(sweep(service)), SWEEP_INTERVAL_MS);
    timer.unref();
    return {
      url,
      port,
      close: async () => {
        clearInterval(timer);
        stopping.abort();
        await closeServer(server);
        await background.idle();
        await service.store.close();
      },
    };
  } catch (cause) {
    await closeServer(server);
    throw new StartupError(`cannot use folder ${dataDir} (${reasonOf(cause)})`, { cause });
  }
}

async function listen(server: ServerType, port: number, host: string): Promise<{ port: number; url: string }> {
  const listening = once(server, "listening");
  server.listen(port, host);
  await listening.catch((cause: unknown) => {
    throw new StartupError(`cannot listen on ${host}:${port} (${reasonOf(cause)})`, { cause });
  });
  const address = server.address();
  const taken = typeof address === "object" && address ? address.port : port;
  return { port: taken, url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}` };
}

/** Lets requests under way finish, but not for longer than {@link CLOSING_MS}. */
async function closeServer(server: ServerType): Promise<void> {
  const closed = once(server, "close");
  server.close();
  const impatient = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), CLOSING_MS);
  await closed;
  clearTimeout(impatient);
}

async function openService(
  options: ZustelldienstOptions,
  url: string,
  stopping: AbortSignal,
  background: (work: Promise<unknown>) => void,
): Promise<{ service: Service; app: Hono<AppEnv> }> {
  const { dataDir, clients, now = () => new Date(), rateLimitPerMinute = DEFAULT_RATE_LIMIT } = options;
  const publicUrl = (options.publicUrl ?? url).replace(/\/+$/, "");
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const keys = await loadServiceKeys(join(dataDir, "keys.json"));
  const store = await openStore(join(dataDir, "journal.jsonl"));
  const contents = await openContents(join(dataDir, "contents"));
  await contents.keepOnly(new Set(store.unfinished().flatMap(contentFiles)));
  const faults = createFaults(options.random);
  const foreignKey = kept(createForeignKey);
  const portalKey = kept(() => loadPortalKey(join(dataDir, "portal-key.json")));
  if (options.preparesKeys) void portalKey().catch(() => undefined);
  const submissionHost = new URL(publicUrl).host;
  const service: Service = {
    store,
    contents,
    keys,
    portal: { issuer: `${publicUrl}${PORTAL}`, submissionHost, key: portalKey },
    foreignKey,
    faults,
    now,
    rateLimitPerMinute,
    lateNotices: new Set(),
    background,
    stopping,
    locks: createLocks(),
    callbacks: createCallbacks({ faults, now, stopping }),
    tokens: createTokens({ secret: keys.tokenSecret, clients, now }),
    signer: createEventSigner({ issuer: publicUrl + SUBMISSION_API, keys, foreignKey, faults, now }),
  };
  await sweep(service);
  return { service, app: createApp(service) };
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

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "unknown reason";
  if (!("code" in cause)) return cause.message;
  return REASONS[String(cause.code)] ?? String(cause.code);
}
