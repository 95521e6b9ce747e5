import path from "node:path";
import pino from "pino";
import { callbackTargets } from "#app/callbacks.server.ts";
import { now, today } from "#app/clock.server.ts";
import { deployed } from "#app/config/deployed.ts";
import { loadGateways } from "#app/config/gateways.ts";
import { loadConfig } from "#app/config/load.server.ts";
import { loadRoots } from "#app/connector/fit-connect/roots.server.ts";
import { transports } from "#app/connector/registry.server.ts";
import type { App } from "#app/context.server.ts";
import { openDatabase } from "#app/db.server.ts";
import { EnvError, type Env } from "#app/env.server.ts";
import { createImagePool } from "#app/images/pool.server.ts";
import { loadKeys, type Keys } from "#app/keys.server.ts";
import { createLimits } from "#app/limits.server.ts";
import { product } from "#app/product.ts";
import { folderStore } from "#app/store/blobs.server.ts";
import { standards } from "#flows/delivery/standards.ts";
import { lawRows } from "#flows/law/rows.ts";

async function fitConnectConfig({ fitConnect, ...environment }: Env, keys: Keys) {
  if (!fitConnect) return {};
  const { allowKeyWithoutCert, roots, revocation, revocationHosts: privateHosts, routing, ...addresses } = fitConnect;
  const callback = callbackTargets(environment, keys);
  return {
    fitConnect: {
      ...addresses,
      allowKeyWithoutCertificate: allowKeyWithoutCert,
      trust: { roots: roots === undefined ? [] : await pinnedRoots(roots), revocation, privateHosts },
      userAgent: `${product.name.replaceAll(" ", "-")}/${product.version}`,
      author: { name: product.name, product },
      timeoutMs: 30_000,
      ...(routing ? { routing: { url: routing.url, issuers: [routing.portal] } } : {}),
      ...(callback ? { callback } : {}),
    },
  };
}

async function pinnedRoots(place: string): Promise<readonly string[]> {
  const loaded = await loadRoots(place);
  if ("problem" in loaded) throw new EnvError([`FITCONNECT_ROOTS: ${loaded.problem}`]);
  return loaded.roots;
}

/** Transports to try things out with; what the slow one delivers is gone. */
function practice({ mode }: Env) {
  return mode === "demo" ? { failing: true, slow: { receiver: { take: async () => undefined }, now: Date.now } } : {};
}

/** Makes everything a process needs from its environment and configuration. */
export async function createApp(environment: Env, root: string): Promise<App> {
  const { configEnv, mode, staff } = environment;
  const hasStaff = staff !== undefined;
  const isProduction = mode === "production";
  // Without FIT-Connect or gateways what the demo would send there waits; production has to know every way.
  const hasFitConnect = environment.fitConnect !== undefined;
  const routing = environment.fitConnect?.routing !== undefined || !hasFitConnect;
  const gateways = environment.gateways === undefined ? undefined : loadGateways(environment.gateways);
  const ids = gateways || isProduction ? [...(gateways?.keys() ?? [])] : undefined;
  const known = {
    ...deployed,
    routing,
    ...(isProduction && { fitConnect: hasFitConnect }),
    ...(ids && { gateways: ids }),
  };
  const config = loadConfig({ root, environment: configEnv, mode, known, hasStaff });
  const log = pino({ level: environment.logLevel, base: null });
  const keys = await loadKeys({
    folder: environment.keysDir,
    mayCreate: environment.mode === "demo",
    withDelivery: environment.worker,
  });
  const fitConnect = await fitConnectConfig(environment, keys);
  const blobs = folderStore(path.join(environment.dataDir, "files"));
  await blobs.check();
  const database = await openDatabase({ root, dataDir: environment.dataDir, databaseUrl: environment.databaseUrl });
  return {
    env: environment,
    config,
    keys,
    database,
    blobs,
    images: createImagePool({ root, ...environment.images, log }),
    transports: transports({ ...fitConnect, ...(gateways && { drop: { gateways } }), ...practice(environment) }),
    standards: new Map(standards.map((standard) => [standard.id, standard])),
    lawRows,
    limits: createLimits({ env: environment, now }),
    log,
    now,
    today: () => today(environment, now()),
  };
}
