import { createPrivateKey, createPublicKey, generateKeyPair, randomUUID, type KeyObject } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CompactEncrypt, SignJWT } from "jose";
import { z } from "zod";
import { startZustelldienst, type ZustelldienstOptions } from "./server.ts";

const generate = promisify(generateKeyPair);
const CACHE = join(import.meta.dirname, "../../../node_modules/.cache/zustelldienst-test");

/** Service identifier that test destinations offer. */
export const SERVICE = "urn:de:fim:leika:leistung:99010028000000";

/** Clients every test simulator knows. */
export const CLIENTS = [
  { id: "sender", secret: "sender-secret", role: "sender" as const },
  { id: "other-sender", secret: "other-sender-secret", role: "sender" as const },
  { id: "subscriber", secret: "subscriber-secret", role: "subscriber" as const },
  { id: "other-subscriber", secret: "other-subscriber-secret", role: "subscriber" as const },
];

/** A key pair with the JWK under which its public half is published. */
export interface TestKey {
  kid: string;
  jwk: Record<string, unknown>;
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/**
 * A key pair for encryption (`wrapKey`) or signature (`verify`). RSA 4096 takes seconds, so that keys are kept between
 * test runs; `name` tells several keys of one use apart.
 */
export async function testKey(use: "encryption" | "signature", name = "main", modulusLength = 4096): Promise<TestKey> {
  const kid = `${use}-${name}-${modulusLength}`;
  const kept = join(CACHE, `${kid}.pem`);
  const pem = await readFile(kept, "utf8").catch(async () => {
    const { privateKey } = await generate("rsa", { modulusLength });
    const made = String(privateKey.export({ type: "pkcs8", format: "pem" }));
    await keep(kept, made);
    return made;
  });
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const purpose =
    use === "encryption" ? { alg: "RSA-OAEP-256", key_ops: ["wrapKey"] } : { alg: "PS512", key_ops: ["verify"] };
  return { kid, jwk: { ...publicKey.export({ format: "jwk" }), ...purpose, kid }, publicKey, privateKey };
}

/** Gives a data folder the service keys of an earlier run, if there are any. */
export async function lendServiceKeys(dataDir: string): Promise<void> {
  await copyFile(join(CACHE, "service.json"), join(dataDir, "keys.json")).catch(() => undefined);
}

async function keep(path: string, text: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, path);
}

/** Encrypts as a sender does; extra header members overwrite the right ones, undefined removes them. */
export function encrypt(key: TestKey, text: string, header: Record<string, unknown> = {}): Promise<string> {
  const right = { alg: "RSA-OAEP-256", enc: "A256GCM", kid: key.kid, cty: "application/json" };
  const merged = Object.entries({ ...right, ...header }).filter(([, value]) => value !== undefined);
  const protectedHeader = z.looseObject({ alg: z.string(), enc: z.string() }).parse(Object.fromEntries(merged));
  return new CompactEncrypt(Buffer.from(text)).setProtectedHeader(protectedHeader).encrypt(key.publicKey);
}

/** What a test asks of one HTTP call. */
export interface Call {
  token?: string;
  json?: unknown;
  jose?: string;
  headers?: Record<string, string>;
}

/** Answer of a call: parsed JSON where there is some, else the text. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  text: string;
}

/** Calls the simulator over HTTP. */
export async function call(url: string, method: string, path: string, options: Call = {}): Promise<Answer> {
  const headers: Record<string, string> = { "User-Agent": "zustelldienst-test" };
  if (options.token) headers["Authorization"] = `Bearer ${options.token}`;
  if (options.json !== undefined) headers["Content-Type"] = "application/json";
  if (options.jose !== undefined) headers["Content-Type"] = "application/jose";
  const body = options.jose ?? (options.json === undefined ? undefined : JSON.stringify(options.json));
  const answer = await fetch(url + path, {
    method,
    headers: { ...headers, ...options.headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const isJson = /[/+]json/.test(answer.headers.get("content-type") ?? "");
  const parsed: unknown = isJson ? JSON.parse(text) : {};
  return {
    status: answer.status,
    headers: answer.headers,
    body: z.record(z.string(), z.unknown()).parse(parsed),
    text,
  };
}

/** Asks for a token with the client's secret in the body. */
export async function tokenOf(url: string, id: string): Promise<string> {
  const answer = await fetch(`${url}/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: id, client_secret: `${id}-secret` }),
  });
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
}

/** A running simulator with one destination and short forms of the usual calls. */
export async function createWorld(options: Partial<ZustelldienstOptions> = {}) {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "zustelldienst-")));
  await lendServiceKeys(dataDir);
  const start = () => startZustelldienst({ port: 0, clients: CLIENTS, ...options, dataDir });
  let simulator = await start();
  await keep(join(CACHE, "service.json"), await readFile(join(dataDir, "keys.json"), "utf8"));
  const send = (method: string, path: string, request?: Call) => call(simulator.url, method, path, request);
  return {
    dataDir,
    url: () => simulator.url,
    call: send,
    token: (id: string) => tokenOf(simulator.url, id),
    restart: async () => {
      await simulator.close();
      simulator = await start();
    },
    close: async () => {
      await simulator.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Body of a registration that the simulator takes. */
export function registration(encryption: TestKey, signature: TestKey, changes: Record<string, unknown> = {}) {
  return {
    name: "Demo-Ausländerbehörde",
    status: "active",
    publicServices: [
      {
        identifier: SERVICE,
        name: "Aufenthaltserlaubnis",
        regions: ["DE09189"],
        submissionSchemas: [{ schemaUri: "https://schema.example.org/demo.json", mimeType: "application/json" }],
      },
    ],
    metadataVersions: ["2.1.0"],
    encryptionKid: encryption.kid,
    keys: [encryption.jwk, signature.jwk],
    ...changes,
  };
}

/** Body of an announcement that the simulator takes. */
export function announcement(destinationId: string, changes: Record<string, unknown> = {}) {
  const publicService = { name: "Aufenthaltserlaubnis", identifier: SERVICE };
  return { destinationId, announcedAttachments: [], publicService, region: "DE09189", ...changes };
}

/** Where an event token belongs. */
export interface SetSubject {
  destinationId: string;
  submissionId: string;
  caseId: string;
}

/** Signs an event token as a subscriber does. */
export function signSet(
  key: TestKey,
  about: SetSubject,
  event: string,
  payload: Record<string, unknown> = {},
  changes: { claims?: Record<string, unknown>; header?: Record<string, unknown> } = {},
): Promise<string> {
  const claims = {
    jti: randomUUID(),
    iss: about.destinationId,
    iat: Math.floor(Date.now() / 1000),
    sub: `submission:${about.submissionId}`,
    txn: `case:${about.caseId}`,
    events: { [`https://schema.fitko.de/fit-connect/events/${event}`]: payload },
    ...changes.claims,
  };
  const header = { alg: "PS512", typ: "secevent+jwt", kid: key.kid, ...changes.header };
  return new SignJWT(claims).setProtectedHeader(header).sign(key.privateKey);
}

/** Repeats a look until it finds something; fails after ten seconds. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error("did not happen in time");
    await new Promise((done) => setTimeout(done, 20));
  }
}
