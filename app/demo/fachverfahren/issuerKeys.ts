import type { ZustelldienstClient } from "./client.ts";

const REFETCH_AFTER_MS = 5_000;

/**
 * Keys with which the Zustelldienst signs, read again when a SET names an unknown `kid`, but not more often than every
 * five seconds.
 */
export function createIssuerKeys(client: Pick<ZustelldienstClient, "getIssuerKeys">) {
  let keys: Record<string, unknown>[] = [];
  let fetchedAt = 0;
  const find = (kid: string) => keys.find((key) => key.kid === kid);

  return async (kid: string): Promise<Record<string, unknown> | undefined> => {
    const known = find(kid);
    if (known || Date.now() - fetchedAt < REFETCH_AFTER_MS) return known;
    keys = await client.getIssuerKeys();
    fetchedAt = Date.now();
    return find(kid);
  };
}
