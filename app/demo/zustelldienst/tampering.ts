import type { KeyObject } from "node:crypto";
import { CompactSign, decodeJwt, decodeProtectedHeader } from "jose";
import { inventedTag } from "./jwe.ts";
import type { Service } from "./service.ts";
import { EVENT_PREFIX } from "./sets.ts";

const SUBMIT = `${EVENT_PREFIX}submit-submission`;

/**
 * The event log as a sender reads it: faults change the answer, never what is stored, so that the next reading may be
 * sound. A fault waits for a log that holds the statement of the submit. What an authority signed cannot be signed
 * anew here, only be given a wrong signature.
 */
export async function tamperedLog(service: Service, log: readonly string[]): Promise<readonly string[]> {
  const { faults, keys } = service;
  if (!log.some(isSubmit)) return log;
  if (faults.take("missing-statement")) return log.filter((jws) => !isSubmit(jws));
  if (faults.take("wrong-tags")) {
    return Promise.all(log.map((jws) => (isSubmit(jws) ? withWrongTags(jws, keys.signing.privateKey) : jws)));
  }
  if (!faults.take("wrong-signature")) return log;
  const foreignKey = await service.foreignKey();
  return Promise.all(log.map((jws) => resign(jws, Buffer.from(jws.split(".")[1] ?? "", "base64url"), foreignKey)));
}

function isSubmit(jws: string): boolean {
  const { events } = decodeJwt<{ events?: Record<string, unknown> }>(jws);
  return events !== undefined && SUBMIT in events;
}

function withWrongTags(jws: string, key: KeyObject): Promise<string> {
  const claims = decodeJwt<{ events: Record<string, { authenticationTags?: object }> }>(jws);
  const payload = claims.events[SUBMIT];
  const wrong = { ...payload, authenticationTags: { ...payload?.authenticationTags, metadata: inventedTag() } };
  const changed = { ...claims, events: { [SUBMIT]: wrong } };
  return resign(jws, Buffer.from(JSON.stringify(changed)), key);
}

/** The same header over the payload, signed by the key. */
function resign(jws: string, payload: Uint8Array, key: KeyObject): Promise<string> {
  const { kid } = decodeProtectedHeader(jws);
  const header = { typ: "secevent+jwt", alg: "PS512", ...(kid === undefined ? {} : { kid }) };
  return new CompactSign(payload).setProtectedHeader(header).sign(key);
}
