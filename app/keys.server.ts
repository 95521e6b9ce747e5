import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
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
  /** Keys what is compared or found again without being kept: names, papers, families of files, tickets, names of staff. */
  index: Secret;
  /** Seals the session cookie and authenticates form tokens. */
  session: Secret;
  /** Public JWKs of current and former receipt keys, for `/.well-known/receipt-keys.json`. */
  receiptJwks: readonly JWK[];
};

type Options = {
  folder: string;
  /** The demo: missing keys are made and marked. Without it a missing key and a marked one are errors. */
  mayCreate: boolean;
  /** Whether this process opens filed messages, which the worker does. Without it no private delivery key is kept. */
  withDelivery?: boolean;
};

const jwkSchema = z.looseObject({ kty: z.string(), kid: z.string() });

// Marks what the demo made, so that production can refuse it: nobody guarded these files.
const DEMO = "demo";
const SECRET_MARK = `${DEMO}:`;

/**
 * Loads the keys from a folder. In demo mode missing ones are made there (files readable by the owner only); in production
 * a missing key and a key of the demo are errors that name the file. A process that does not deliver keeps the public
 * part of the delivery key alone, and `delivery.public.jwk.json` is enough for it.
 */
export async function loadKeys({ folder, mayCreate, withDelivery = true }: Options): Promise<Keys> {
  if (mayCreate) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const delivery = await deliveryPair(folder, mayCreate, withDelivery);
  const receipt = withPrivate(
    path.join(folder, "receipt.jwk.json"),
    await pair(path.join(folder, "receipt.jwk.json"), mayCreate, () => generateKeyPairSync("ed25519")),
  );
  const index = secret(path.join(folder, "index.key"), mayCreate, "i1");
  const session = secret(path.join(folder, "session.key"), mayCreate, "s1");
  const receiptJwks = [publicJwk(receipt), ...formerReceiptKeys(folder, mayCreate)];
  return { delivery, receipt, index, session, receiptJwks };
}

async function deliveryPair(folder: string, mayCreate: boolean, withDelivery: boolean): Promise<Pair> {
  const whole = path.join(folder, "delivery.jwk.json");
  const publicOnly = path.join(folder, "delivery.public.jwk.json");
  const file = !withDelivery && existsSync(publicOnly) ? publicOnly : whole;
  const read = await pair(file, mayCreate, () => generateKeyPairSync("rsa", { modulusLength: 3072 }));
  return withDelivery ? withPrivate(file, read) : { kid: read.kid, publicKey: read.publicKey };
}

/** Without this a public key in the wrong place would show only when the first message is to be opened or signed. */
function withPrivate(file: string, read: Pair): Pair {
  if (!read.privateKey) throw damaged(file, "the private key as well");
  return read;
}

function readOrCreate(file: string, mayCreate: boolean, create: () => string): string {
  if (existsSync(file)) return readFileSync(file, "utf8");
  if (!mayCreate)
    throw new Error(`Key file missing: ${file}. Put it there, or set KEYS_DIR to the folder with the keys.`);
  const content = create();
  // Never half a key: a crash while writing leaves the file missing, and the next start makes it anew.
  const temporary = `${file}.${process.pid}.new`;
  writeFileSync(temporary, content, { mode: 0o600, flush: true });
  chmodSync(temporary, 0o600);
  try {
    linkSync(temporary, file);
  } catch (error) {
    // Of processes that start together the first one makes the key and all use it.
    if (!existsSync(file)) throw error;
  } finally {
    unlinkSync(temporary);
  }
  return readFileSync(file, "utf8");
}

/** What went wrong while reading a key would show a part of it, so only the file is named. */
function damaged(file: string, should: string): Error {
  return new Error(`Key file damaged: ${file}. It must hold ${should}.`);
}

function demoKey(file: string): Error {
  return new Error(
    `Key of the demo: ${file}. Production needs keys of its own; docs/operation.md says how to make them.`,
  );
}

async function pair(
  file: string,
  mayCreate: boolean,
  make: () => { publicKey: KeyObject; privateKey: KeyObject },
): Promise<Pair> {
  const text = readOrCreate(file, mayCreate, () =>
    JSON.stringify({ ...make().privateKey.export({ format: "jwk" }), [DEMO]: true }),
  );
  const { publicKey, privateKey, isDemo } = readJwk(file, text);
  if (isDemo && !mayCreate) throw demoKey(file);
  const kid = (await calculateJwkThumbprint(publicKey.export({ format: "jwk" }) as JWK)).slice(0, 16);
  return { kid, publicKey, ...(privateKey ? { privateKey } : {}) };
}

type ReadKey = { publicKey: KeyObject; privateKey: KeyObject | undefined; isDemo: boolean };

function readJwk(file: string, text: string): ReadKey {
  try {
    const jwk = JSON.parse(text) as JWK;
    const key = { key: jwk, format: "jwk" } as const;
    const privateKey = jwk.d === undefined ? undefined : createPrivateKey(key);
    return { publicKey: createPublicKey(key), privateKey, isDemo: DEMO in jwk };
  } catch {
    throw damaged(file, "one key as JWK");
  }
}

function secret(file: string, mayCreate: boolean, kid: string): Secret {
  const text = readOrCreate(file, mayCreate, () => `${SECRET_MARK}${randomBytes(32).toString("base64url")}`);
  if (text.startsWith(SECRET_MARK) && !mayCreate) throw demoKey(file);
  const bytes = Buffer.from(text.replace(SECRET_MARK, "").trim(), "base64url");
  if (bytes.length !== 32) throw damaged(file, "32 bytes as base64url");
  return { kid, bytes };
}

function publicJwk(key: Pair): JWK {
  return { ...(key.publicKey.export({ format: "jwk" }) as JWK), kid: key.kid, use: "sig", alg: "EdDSA" };
}

function formerReceiptKeys(folder: string, mayCreate: boolean): JWK[] {
  const file = path.join(folder, "receipt-former.jwks.json");
  if (!existsSync(file)) return [];
  const keys = readFormerKeys(file);
  // Published, it would make receipts of the demo genuine.
  if (!mayCreate && keys.some(({ isDemo }) => isDemo)) throw demoKey(file);
  return keys.map(({ jwk }) => jwk);
}

function readFormerKeys(file: string): { jwk: JWK; isDemo: boolean }[] {
  try {
    const { keys } = z.object({ keys: z.array(jwkSchema) }).parse(JSON.parse(readFileSync(file, "utf8")));
    return keys.map(({ kid, ...jwk }) => {
      // Exported anew, so that a private part which was left in the file is never published.
      const exported = createPublicKey({ key: jwk as JWK, format: "jwk" }).export({ format: "jwk" }) as JWK;
      return { jwk: { ...exported, kid, use: "sig", alg: "EdDSA" }, isDemo: DEMO in jwk };
    });
  } catch {
    throw damaged(file, "former receipt keys as a set of public JWKs, each with its kid");
  }
}
