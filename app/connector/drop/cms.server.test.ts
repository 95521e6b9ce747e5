import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEnvelope } from "#app/demo/gateway/envelope.ts";
import { issue, makePair, type Issued } from "../fit-connect/certificates.testing.ts";
import { parseCertificate, type Certificate } from "../fit-connect/certificate.server.ts";
import { encryptFor } from "./cms.server.ts";

const folder = mkdtempSync(join(tmpdir(), "cms-"));
let issued: Issued;
let recipient: Certificate;
let key: string;

beforeAll(async () => {
  issued = await issue({ name: "Gateway (Test)", pair: await makePair(3072), usage: ["keyEncipherment"] });
  const parsed = parseCertificate(issued.der);
  if (!parsed) throw new Error("the certificate cannot be read");
  recipient = parsed;
  key = issued.pair.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAM = "openssl";
const sizes = [0, 1, 15, 16, 127, 128, 255, 256, 65_535, 3_000_000];
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Opens with the program that gateways have at hand; undefined where it is not installed. */
function openWithOpenssl(bytes: Uint8Array): Buffer | undefined {
  const [input, keyFile, output] = ["in.p7m", "key.pem", "out"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(input, bytes);
  writeFileSync(keyFile, key);
  const what = ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", input, "-inkey", keyFile, "-out", output];
  try {
    execFileSync(PROGRAM, what, { stdio: "pipe" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  return readFileSync(output);
}

describe("contents for a gateway", () => {
  test.each(sizes)("%i bytes open with the private key, and OpenSSL reads them too", async (size) => {
    const plain = randomBytes(size);
    const sealed = encryptFor(recipient, plain);
    const opened = await openEnvelope(sealed, key);
    expect(opened && hash(opened)).toBe(hash(plain));
    const byOpenssl = openWithOpenssl(sealed);
    if (byOpenssl) expect(hash(byOpenssl)).toBe(hash(plain));
    else process.emitWarning("openssl is not installed: only read by our own gateway");
  });

  test("are different each time, hold nothing plain, and another key opens nothing", async () => {
    const plain = Buffer.from("Żółć Müßig ".repeat(1_000));
    const [one, two] = [encryptFor(recipient, plain), encryptFor(recipient, plain)];
    expect(one.equals(two)).toBe(false);
    expect(one.includes("Müßig")).toBe(false);
    const other = (await makePair(3072)).privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    expect(await openEnvelope(one, other)).toBeUndefined();
  });
});
