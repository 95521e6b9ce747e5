import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { calculateJwkThumbprint, type JWK } from "jose";
import { z } from "zod";

/** A symmetric secret of the service with the id that marks what it made. */
export type Secret = { kid: string; bytes: Uint8Array };
/** A key pair; `privateKey` is missing in a process that must not have it. */
export type Pair = { kid: string; publicKey: KeyObject; privateKey?: KeyObject };

/** All keys of the service (architecture 6), each for one purpose. */
export type Keys = {
  /** Wraps content keys of filed messages: public part seals in the web process, private part opens in the worker. */
  delivery: Pair;
  /** Signs receipts (Ed25519). */
  receipt: Pair;
  /** Seals the session cookie and authenticates form tokens. */
  session: Secret;
  /** Public JWKs of current and former receipt keys, for `/.well-known/receipt-keys.json`. */
  receiptJwks: readonly JWK[];
};

type Options = { folder: string; mayCreate: boolean };

const jwkSchema = z.looseObject({ kty: z.string(), kid: z.string() });

/**
 * Loads the keys from a folder. In demo mode missing ones are made there (files readable by the owner only); in production
 * a missing key is an error that names the file.
 */
export async function loadKeys({ folder, mayCreate }: Options): Promise<Keys> {
  if (mayCreate) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const delivery = await pair(path.join(folder, "delivery.jwk.json"), mayCreate, () =>
    generateKeyPairSync("rsa", { modulusLength: 3072 }),
  );
  const receipt = await pair(path.join(folder, "receipt.jwk.json"), mayCreate, () => generateKeyPairSync("ed25519"));
  const session = secret(path.join(folder, "session.key"), mayCreate);
  return { delivery, receipt, session, receiptJwks: [publicJwk(receipt), ...formerReceiptKeys(folder)] };
}

function readOrCreate(file: string, mayCreate: boolean, create: () => string): string {
  if (existsSync(file)) return readFileSync(file, "utf8");
  if (!mayCreate)
    throw new Error(`Key file missing: ${file}. Put it there, or set DATA_DIR to the folder with "keys".`);
  const content = create();
  // Never half a key: a crash while writing leaves the file missing, and the next start makes it anew.
  const temporary = `${file}.new`;
  writeFileSync(temporary, content, { mode: 0o600, flush: true });
  chmodSync(temporary, 0o600);
  renameSync(temporary, file);
  return content;
}

/** What went wrong while reading a key would show a part of it, so only the file is named. */
function damaged(file: string, should: string): Error {
  return new Error(`Key file damaged: ${file}. It must hold ${should}.`);
}

async function pair(
  file: string,
  mayCreate: boolean,
  make: () => { publicKey: KeyObject; privateKey: KeyObject },
): Promise<Pair> {
  const text = readOrCreate(file, mayCreate, () => JSON.stringify(make().privateKey.export({ format: "jwk" })));
  const { publicKey, privateKey } = readJwk(file, text);
  const kid = (await calculateJwkThumbprint(publicKey.export({ format: "jwk" }) as JWK)).slice(0, 16);
  return { kid, publicKey, ...(privateKey ? { privateKey } : {}) };
}

function readJwk(file: string, text: string): { publicKey: KeyObject; privateKey: KeyObject | undefined } {
  try {
    const jwk = JSON.parse(text) as JWK;
    const key = { key: jwk, format: "jwk" } as const;
    return { publicKey: createPublicKey(key), privateKey: jwk.d === undefined ? undefined : createPrivateKey(key) };
  } catch {
    throw damaged(file, "one key as JWK");
  }
}

function secret(file: string, mayCreate: boolean): Secret {
  const text = readOrCreate(file, mayCreate, () => randomBytes(32).toString("base64url"));
  const bytes = Buffer.from(text.trim(), "base64url");
  if (bytes.length !== 32) throw damaged(file, "32 bytes as base64url");
  return { kid: "s1", bytes };
}

function publicJwk(key: Pair): JWK {
  return { ...(key.publicKey.export({ format: "jwk" }) as JWK), kid: key.kid, use: "sig", alg: "EdDSA" };
}

function formerReceiptKeys(folder: string): JWK[] {
  const file = path.join(folder, "receipt-former.jwks.json");
  if (!existsSync(file)) return [];
  try {
    const { keys } = z.object({ keys: z.array(jwkSchema) }).parse(JSON.parse(readFileSync(file, "utf8")));
    // Exported anew, so that a private part which was left in the file is never published.
    return keys.map(({ kid, ...jwk }) => ({
      ...(createPublicKey({ key: jwk as JWK, format: "jwk" }).export({ format: "jwk" }) as JWK),
      kid,
      use: "sig",
      alg: "EdDSA",
    }));
  } catch {
    throw damaged(file, "former receipt keys as a set of public JWKs, each with its kid");
  }
}
