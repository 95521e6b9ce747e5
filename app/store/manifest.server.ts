import { CompactEncrypt, compactDecrypt } from "jose";
import { z } from "zod";
import type { Keys } from "#app/keys.server.ts";
import { fileEntry } from "#flows/engine/evidence.ts";
import { familyEntry } from "#flows/household/overview.ts";
import { newKey, sealJson, unsealJson } from "#app/store/seal.server.ts";

const filed = fileEntry.extend({ code: z.string(), filename: z.string() });

/** Everything that a delivery needs, frozen at filing and sealed: payload bytes as text and the files with their keys. */
export const manifest = z.object({
  payload: z.string(),
  schemaUri: z.string(),
  service: z.object({ leika: z.string(), name: z.string() }),
  ars: z.string(),
  reference: z.string(),
  filedOn: z.string(),
  /** UUID of the generated PDF among the attachments. */
  formId: z.uuid(),
  /** Key of that PDF where it was drawn when filing, in base64url. */
  formKey: z.string().optional(),
  files: z.array(filed),
  /** The family's applications filed so far, this one included, and the UUID of their overview among the attachments. */
  family: z.object({ id: z.uuid(), entries: z.array(familyEntry) }).optional(),
});
export type Manifest = z.infer<typeof manifest>;

const place = (messageId: string) => `${messageId}|outbox|manifest`;

/** Seals a manifest with a fresh content key, and wraps that key for the delivery key: only the worker can open it. */
export async function sealManifest(
  keys: Keys,
  messageId: string,
  value: Manifest,
): Promise<{ sealed: Uint8Array; deliveryWrap: string }> {
  const contentKey = newKey();
  const deliveryWrap = await new CompactEncrypt(contentKey)
    .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM", kid: keys.delivery.kid })
    .encrypt(keys.delivery.publicKey);
  return { sealed: sealJson(contentKey, place(messageId), value), deliveryWrap };
}

/** Opens a manifest with the private delivery key; the plaintext lives in the worker's memory only. */
export async function openManifest(
  keys: Keys,
  messageId: string,
  row: { sealed: Uint8Array; deliveryWrap: string },
): Promise<Manifest> {
  const { privateKey } = keys.delivery;
  if (!privateKey) throw new Error("This process has no delivery key");
  const { plaintext } = await compactDecrypt(row.deliveryWrap, privateKey, {
    keyManagementAlgorithms: ["RSA-OAEP-256"],
    contentEncryptionAlgorithms: ["A256GCM"],
  });
  return manifest.parse(unsealJson(plaintext, place(messageId), row.sealed));
}
