import { z } from "zod";
import { isUnknown, readJson } from "./answers.server.ts";
import type { Client } from "./client.server.ts";
import type { FitConnectConfig } from "./config.server.ts";
import type { Destination } from "./destination.server.ts";
import type { EncryptionKey } from "./encrypt.server.ts";
import { publicJwk, type PublicJwk } from "./jwk.server.ts";
import { refusedKey, type Trust, type TrustedKey } from "./trust.server.ts";
import { KEY_LIST_PATH } from "./unverified.ts";

// One odd key in the list must not hide the others.
const keyList = z.object({ keys: z.array(z.unknown()) });

/** What reading and judging keys needs. */
export type KeyCalls = { client: Client; config: FitConnectConfig; trust: Trust };

/** Reads and checks the key everything is encrypted for. @throws DeliveryError keyRefused and those of the calls */
export async function fetchEncryptionKey(calls: KeyCalls, destination: Destination): Promise<EncryptionKey> {
  const { kid, checked } = await checkEncryptionKey(calls, destination);
  if (!checked.ok) throw refusedKey(checked.reason);
  return { kid, key: checked.key };
}

/** The key everything is encrypted for, and whether it may be used. @throws DeliveryError keyRefused if there is none */
export async function checkEncryptionKey(
  { client, config, trust }: KeyCalls,
  { destinationId, encryptionKid: kid }: Destination,
): Promise<{ kid: string; checked: TrustedKey }> {
  if (kid === undefined) throw refusedKey("missing");
  const jwk = await fetchKey({ client, config }, destinationId, kid);
  // The key may have been exchanged between the two calls; then the next attempt finds the new one.
  if (!jwk) throw refusedKey("missing");
  return { kid, checked: await trust(jwk, { kid, use: "encrypt" }) };
}

/** One key of a Zustellpunkt as it is published, undefined if there is none of that name. @throws DeliveryError */
export async function fetchKey(
  { client, config }: Omit<KeyCalls, "trust">,
  destinationId: string,
  kid: string,
): Promise<PublicJwk | undefined> {
  const url = `${config.destinationUrl}/v2/destinations/${destinationId}/keys/${encodeURIComponent(kid)}`;
  const answer = await client.call({ method: "GET", url }, [404]);
  return isUnknown(answer, client.now()) ? undefined : readJson(answer, publicJwk);
}

/** All keys of a Zustellpunkt as they are published, undefined if the service lists none. @throws DeliveryError */
export async function fetchKeys(
  { client, config }: Omit<KeyCalls, "trust">,
  destinationId: string,
): Promise<readonly PublicJwk[] | undefined> {
  const url = `${config.destinationUrl}/v2/destinations/${destinationId}${KEY_LIST_PATH}`;
  const answer = await client.call({ method: "GET", url }, [404]);
  if (isUnknown(answer, client.now())) return undefined;
  return readJson(answer, keyList).keys.flatMap((key) => publicJwk.safeParse(key).data ?? []);
}
