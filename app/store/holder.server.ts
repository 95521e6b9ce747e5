import { derive, unseal, seal } from "#app/store/seal.server.ts";

/** What an access code opens: the id of the rows it belongs to, and the key that wraps their data key. */
export type Holder = { id: string; keyKey: Uint8Array };

/** Derives row id and key-encryption key from the 16 secret bytes of an access code. Nothing leads back. */
export function holderOf(secret: Uint8Array): Holder {
  return { id: Buffer.from(derive(secret, "row id", 24)).toString("base64url"), keyKey: derive(secret, "key key") };
}

/** Wraps a row's data key for the holder of the code. */
export function wrapFor(holder: Holder, kind: "draft" | "case", dataKey: Uint8Array): Uint8Array {
  return seal(holder.keyKey, `${holder.id}|${kind}|key`, dataKey);
}

/** Opens a row's data key. @throws SealError */
export function unwrapFor(holder: Holder, kind: "draft" | "case", wrapped: Uint8Array): Uint8Array {
  return unseal(holder.keyKey, `${holder.id}|${kind}|key`, wrapped);
}
