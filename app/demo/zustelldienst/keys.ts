import { createPrivateKey, createPublicKey, generateKeyPair, randomBytes, type KeyObject } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import { promisify } from "node:util";
import { calculateJwkThumbprint } from "jose";
import { z } from "zod";

const generate = promisify(generateKeyPair);

const storedKeys = z.object({
  tokenSecret: z.string(),
  signing: z.looseObject({ kty: z.literal("RSA"), n: z.string(), e: z.string(), d: z.string() }),
});

/** Keys of the simulator itself. None of them opens a submission. */
export interface ServiceKeys {
  /** Secret behind the access tokens. */
  tokenSecret: Uint8Array;
  signing: { kid: string; privateKey: KeyObject; publicJwk: Record<string, unknown> & { kid: string } };
}

/** Loads the keys of the simulator from the file, or makes them once: RSA 4096 for PS512 and a token secret. */
export async function loadServiceKeys(path: string): Promise<ServiceKeys> {
  const stored = (await readStored(path)) ?? (await createStored(path));
  const privateKey = createPrivateKey({ key: { ...stored.signing }, format: "jwk" });
  const { n, e } = createPublicKey(privateKey).export({ format: "jwk" });
  const kid = await calculateJwkThumbprint({ kty: "RSA", n, e });
  return {
    tokenSecret: Buffer.from(stored.tokenSecret, "base64url"),
    signing: { kid, privateKey, publicJwk: { kty: "RSA", n, e, alg: "PS512", key_ops: ["verify"], kid } },
  };
}

/** A throw-away PS512 key, used to play the attacker who signs with a key that is not ours. */
export async function createForeignKey(): Promise<KeyObject> {
  const pair = await generate("rsa", { modulusLength: 4096 });
  return pair.privateKey;
}

async function readStored(path: string): Promise<z.infer<typeof storedKeys> | undefined> {
  try {
    return storedKeys.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw cause;
  }
}

async function createStored(path: string): Promise<z.infer<typeof storedKeys>> {
  const pair = await generate("rsa", { modulusLength: 4096 });
  const stored = storedKeys.parse({
    tokenSecret: randomBytes(32).toString("base64url"),
    signing: pair.privateKey.export({ format: "jwk" }),
  });
  const temporary = `${path}.new`;
  const handle = await open(temporary, "w", 0o600);
  try {
    await handle.writeFile(JSON.stringify(stored));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  return stored;
}
