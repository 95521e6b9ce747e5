import { createPrivateKey, createPublicKey, generateKeyPair, randomBytes, type KeyObject } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import { promisify } from "node:util";
import { calculateJwkThumbprint } from "jose";
import { z } from "zod";

const generate = promisify(generateKeyPair);

const privateJwk = z.looseObject({ kty: z.literal("RSA"), n: z.string(), e: z.string(), d: z.string() });
const storedKeys = z.object({ tokenSecret: z.string(), signing: privateJwk });
const storedPortalKey = z.object({ signing: privateJwk });

/** A key that signs with PS512, and how its public half is published. */
export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicJwk: Record<string, unknown> & { kid: string };
}

/** Keys of the simulator itself. None of them opens a submission. */
export interface ServiceKeys {
  /** Secret behind the access tokens. */
  tokenSecret: Uint8Array;
  signing: SigningKey;
}

/** Loads the keys of the simulator from the file, or makes them once: RSA 4096 for PS512 and a token secret. */
export async function loadServiceKeys(path: string): Promise<ServiceKeys> {
  const stored = await readOrMake(path, storedKeys, async () => ({
    tokenSecret: randomBytes(32).toString("base64url"),
    signing: await makePrivateJwk(),
  }));
  return {
    tokenSecret: Buffer.from(stored.tokenSecret, "base64url"),
    signing: await signingKeyOf(stored.signing),
  };
}

/** Loads the key of the portal, or makes it once. */
export async function loadPortalKey(path: string): Promise<SigningKey> {
  const stored = await readOrMake(path, storedPortalKey, async () => ({ signing: await makePrivateJwk() }));
  return signingKeyOf(stored.signing);
}

/** A throw-away PS512 key, used to play the attacker who signs with a key that is not ours. */
export async function createForeignKey(): Promise<KeyObject> {
  const pair = await generate("rsa", { modulusLength: 4096 });
  return pair.privateKey;
}

/** Work whose result is kept from the first call on; after a failure the next call tries again. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work().catch((cause: unknown) => {
      result = undefined;
      throw cause;
    });
    return result;
  };
}

async function makePrivateJwk(): Promise<z.infer<typeof privateJwk>> {
  const key = await createForeignKey();
  return privateJwk.parse(key.export({ format: "jwk" }));
}

async function signingKeyOf(jwk: z.infer<typeof privateJwk>): Promise<SigningKey> {
  const privateKey = createPrivateKey({ key: { ...jwk }, format: "jwk" });
  const { n, e } = createPublicKey(privateKey).export({ format: "jwk" });
  const kid = await calculateJwkThumbprint({ kty: "RSA", n, e });
  return { kid, privateKey, publicJwk: { kty: "RSA", n, e, alg: "PS512", key_ops: ["verify"], kid } };
}

async function readOrMake<T>(path: string, schema: z.ZodType<T>, make: () => Promise<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ENOENT")) throw cause;
  }
  const made = await make();
  const temporary = `${path}.new`;
  const handle = await open(temporary, "w", 0o600);
  try {
    await handle.writeFile(JSON.stringify(made));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  return made;
}
