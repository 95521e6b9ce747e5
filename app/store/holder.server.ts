import { ACCESS_BYTES } from "#app/store/access-code.ts";
import { derive, unseal, seal } from "#app/store/seal.server.ts";

/** What an access code opens: the id of the rows it belongs to, and the key that wraps their data key. */
export type Holder = { id: string; keyKey: Uint8Array };

/** Derives row id and key-encryption key from the 16 secret bytes of an access code. Nothing leads back. */
export function holderOf(secret: Uint8Array): Holder {
  return { id: Buffer.from(derive(secret, "row id", 24)).toString("base64url"), keyKey: derive(secret, "key key") };
}

/** As many people as one access code serves. */
export const MOST_MEMBERS = 10;

/**
 * The secret of a member of a household. The first is the person of the access code itself; the others' secrets derive from
 * it, and each is a whole access code. Nothing leads from one member to another or back.
 */
export function memberSecret(code: Uint8Array, member: number): Uint8Array {
  return member === 0 ? code : derive(code, `member/${member}`, ACCESS_BYTES);
}

/** Bytes as a UUID of free content (version 8, RFC 9562). */
function uuidOf(bytes: Uint8Array): string {
  const own = Buffer.from(bytes);
  own[6] = ((own[6] ?? 0) & 0x0f) | 0x80;
  own[8] = ((own[8] ?? 0) & 0x3f) | 0x80;
  return own.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The pseudonym that all applications of a household carry. */
export function householdId(code: Uint8Array): string {
  return uuidOf(derive(code, "household id", 16));
}

/** Wraps a row's data key for the holder of the code. */
export function wrapFor(holder: Holder, kind: "draft" | "case", dataKey: Uint8Array): Uint8Array {
  return seal(holder.keyKey, `${holder.id}|${kind}|key`, dataKey);
}

/** Opens a row's data key. @throws SealError */
export function unwrapFor(holder: Holder, kind: "draft" | "case", wrapped: Uint8Array): Uint8Array {
  return unseal(holder.keyKey, `${holder.id}|${kind}|key`, wrapped);
}
