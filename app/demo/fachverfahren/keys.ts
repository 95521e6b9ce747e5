import { createPrivateKey, generateKeyPair, type KeyObject } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { calculateJwkThumbprint } from "jose";
import { z } from "zod";
import { replaceFile } from "../common/files.ts";

const rsaPrivateJwk = z.object({
  kty: z.literal("RSA"),
  kid: z.string().min(8).max(64),
  n: z.string().min(683),
  e: z.literal("AQAB"),
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
});

/** A private RSA-4096 key with its `kid`. */
export type PrivateJwk = z.infer<typeof rsaPrivateJwk>;

const destinationKeys = z.object({ encryption: rsaPrivateJwk, signature: rsaPrivateJwk });

/** The two key pairs of a destination; the private parts never leave the authority. */
export type DestinationKeys = z.infer<typeof destinationKeys>;

const keptKeys = destinationKeys.extend({
  formerEncryption: z.array(rsaPrivateJwk).default([]),
  formerSignature: z.array(rsaPrivateJwk).default([]),
});

/** The key pairs in use and those they replaced, newest first: what was encrypted for those must still open. */
export type KeptKeys = z.infer<typeof keptKeys>;

/** A public key in the form that FIT-Connect publishes for a destination. */
export type PublicJwk = { kty: "RSA"; kid: string; alg: string; key_ops: string[]; n: string; e: "AQAB" };

const generate = promisify(generateKeyPair);

/** Makes one key pair on the thread pool; takes a second or more. */
export async function generateJwk(): Promise<PrivateJwk> {
  const { privateKey } = await generate("rsa", { modulusLength: 4096, publicExponent: 0x1_00_01 });
  const { kty, n, e, ...secret } = privateKey.export({ format: "jwk" });
  const kid = await calculateJwkThumbprint({ kty: "RSA", n: String(n), e: String(e) });
  return rsaPrivateJwk.parse({ kty, n, e, ...secret, kid });
}

/** Makes both key pairs of a destination on the thread pool; takes some seconds. */
export async function generateDestinationKeys(): Promise<DestinationKeys> {
  const [encryption, signature] = await Promise.all([generateJwk(), generateJwk()]);
  return { encryption, signature };
}

async function readKept(path: string): Promise<KeptKeys | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  return keptKeys.parse(JSON.parse(text));
}

function keyFile(dataDir: string, destinationId: string): string {
  return join(dataDir, "keys", `${destinationId}.json`);
}

/**
 * Keys of a destination: kept ones first, so that they never change silently; else the given ones, else new ones.
 * The file is readable by its owner only.
 */
export async function keepDestinationKeys(
  dataDir: string,
  destinationId: string,
  given?: DestinationKeys,
): Promise<KeptKeys> {
  await mkdir(join(dataDir, "keys"), { recursive: true, mode: 0o700 });
  const kept = await readKept(keyFile(dataDir, destinationId));
  if (kept) return kept;
  const keys = { ...(given ?? (await generateDestinationKeys())), formerEncryption: [], formerSignature: [] };
  await saveKeys(dataDir, destinationId, keys);
  return keys;
}

/** Replaces the kept keys of a destination as a whole. */
export function saveKeys(dataDir: string, destinationId: string, keys: KeptKeys): Promise<void> {
  return replaceFile(keyFile(dataDir, destinationId), JSON.stringify(keys));
}

/** The encryption key as senders fetch it (RSA-OAEP-256, `wrapKey`). */
export function publicEncryptionJwk({ kty, kid, n, e }: PrivateJwk): PublicJwk {
  return { kty, kid, alg: "RSA-OAEP-256", key_ops: ["wrapKey"], n, e };
}

/** The signature key as everybody fetches it to check our SETs (PS512, `verify`). */
export function publicSignatureJwk({ kty, kid, n, e }: PrivateJwk): PublicJwk {
  return { kty, kid, alg: "PS512", key_ops: ["verify"], n, e };
}

/** A key object free of `key_ops`, which WebCrypto would otherwise hold against decrypting. */
export function privateKeyObject(jwk: PrivateJwk): KeyObject {
  return createPrivateKey({ key: { ...jwk }, format: "jwk" });
}
