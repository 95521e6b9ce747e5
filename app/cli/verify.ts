import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from "jose";

const USAGE = "npm run --silent verify -- TEXT --keys FILE|URL";
const TYPE = "ao-receipt+jws";

/** The published keys, from a file that was kept or from `/.well-known/receipt-keys.json` of a service. */
async function readKeys(place: string): Promise<JSONWebKeySet> {
  if (!/^https?:/.test(place)) return JSON.parse(await readFile(place, "utf8")) as JSONWebKeySet;
  const response = await fetch(place, { redirect: "error" });
  if (!response.ok) throw new Error(`${place} answered ${response.status}`);
  return (await response.json()) as JSONWebKeySet;
}

/** What a genuine receipt states, `undefined` for any other text. `text` may be the whole address of a QR code. */
export async function verifyOffline(text: string, keys: JSONWebKeySet): Promise<unknown> {
  const jws = text.slice(text.lastIndexOf("#") + 1).replace(/\s/g, "");
  const { payload, protectedHeader } = await compactVerify(jws, createLocalJWKSet(keys), { algorithms: ["EdDSA"] });
  return protectedHeader.typ === TYPE ? (JSON.parse(Buffer.from(payload).toString()) as unknown) : undefined;
}

/** Prints `{"valid":true,…}` and ends with 0, or `{"valid":false}` with 1; wrong use ends with 2. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { keys: { type: "string" } } });
  const [text] = positionals;
  if (text === undefined || values.keys === undefined) throw new Error(USAGE);
  const keys = await readKeys(values.keys);
  const claims = await verifyOffline(text, keys).catch(() => undefined);
  process.stdout.write(`${JSON.stringify({ valid: claims !== undefined, ...(claims as object | undefined) })}\n`);
  return claims === undefined ? 1 : 0;
}

if (import.meta.main) {
  process.exitCode = await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  });
}
