import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { readJson } from "./answers.server.ts";
import type { Client } from "./client.server.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { fetchKey } from "./destinationKeys.server.ts";
import { publicJwk, type KeyUse, type PublicJwk } from "./jwk.server.ts";
import type { StatementKeys } from "./statement.server.ts";
import { refusedKey, type Trust } from "./trust.server.ts";

// Minutes only: a withdrawn key must not be trusted for long.
const KEEP_MS = 5 * 60 * 1000;

// One odd key in the set must not make the others unusable.
const keySet = z.object({ keys: z.array(z.unknown()) });

/**
 * Looks keys up at the Zustelldienst and keeps them for minutes; an unknown kid makes its set be fetched once more. Keys of
 * a Zustellpunkt are judged at every use. @throws DeliveryError keyRefused for a key that must not be used
 */
export function createStatementKeys(client: Client, config: FitConnectConfig, trust: Trust): StatementKeys {
  let serviceSet: { keys: readonly PublicJwk[]; until: number } | undefined;
  const destinationKeys = new Map<string, { jwk: PublicJwk; until: number }>();

  const usable = async (jwk: PublicJwk | undefined, kid: string, use: KeyUse): Promise<KeyObject | undefined> => {
    const checked = jwk && (await trust(jwk, { kid, use }));
    if (checked && !checked.ok) throw refusedKey(checked.reason);
    return checked?.key;
  };

  const fetchServiceSet = async () => {
    const url = `${config.submissionUrl}/.well-known/jwks.json`;
    const { keys } = readJson(await client.call({ method: "GET", url }), keySet);
    const known = keys.flatMap((key) => publicJwk.safeParse(key).data ?? []);
    serviceSet = { keys: known, until: client.now() + KEEP_MS };
    return known;
  };

  return {
    service: async (kid) => {
      const held = serviceSet && client.now() < serviceSet.until ? serviceSet.keys : undefined;
      const known = held?.find((key) => key.kid === kid);
      return usable(known ?? (await fetchServiceSet()).find((key) => key.kid === kid), kid, "service");
    },
    destination: async (destinationId, kid) => {
      const name = `${destinationId}/${kid}`;
      const held = destinationKeys.get(name);
      if (held && client.now() < held.until) return usable(held.jwk, kid, "verify");
      const jwk = await fetchKey({ client, config }, destinationId, kid);
      if (!jwk) return undefined;
      for (const [old, { until }] of destinationKeys) if (until <= client.now()) destinationKeys.delete(old);
      destinationKeys.set(name, { jwk, until: client.now() + KEEP_MS });
      return usable(jwk, kid, "verify");
    },
  };
}
