import { createHmac, timingSafeEqual } from "node:crypto";

const TOLERANCE_SECONDS = 300;

/** A call as it came in: both headers and the body, byte by byte. */
type CallbackRequest = { timestamp: string | undefined; authentication: string | undefined; body: Uint8Array };

/**
 * Whether the Zustelldienst made this call: `callback-authentication` is the HMAC-SHA512 of `callback-timestamp`, a dot and
 * the body under the secret of the announcement, in lower-case hex, and the call is no older or newer than five minutes.
 * @param now milliseconds since 1970
 */
export function isGenuine({ timestamp, authentication, body }: CallbackRequest, secret: string, now: number): boolean {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (authentication === undefined || !/^[0-9a-f]{128}$/.test(authentication)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac("sha512", secret).update(`${timestamp}.`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(authentication, "hex"));
}
