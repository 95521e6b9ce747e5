import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

const DAY_MS = 86_400_000;
const BITS = 3072;
// keyEncipherment (RFC 5280 section 4.2.1.3).
const USAGE = 0x20;

const nameOf = (name: string) =>
  new pkijs.RelativeDistinguishedNames({
    typesAndValues: [
      new pkijs.AttributeTypeAndValue({ type: "2.5.4.3", value: new asn1js.Utf8String({ value: name }) }),
    ],
  });

const timeOf = (ms: number) => new pkijs.Time({ type: 1, value: new Date(ms) });

/** Makes a key for encryption and a certificate that it issues itself, both as PEM; valid for ten years. */
export async function makeCertificate(name: string, now: number): Promise<{ key: string; certificate: string }> {
  const pair = await promisify(generateKeyPair)("rsa", { modulusLength: BITS });
  const usage = new asn1js.BitString({ valueHex: new Uint8Array([USAGE]), unusedBits: 5 });
  const certificate = new pkijs.Certificate({
    version: 2,
    serialNumber: new asn1js.Integer({ valueHex: Buffer.concat([Buffer.from([0x5a]), randomBytes(15)]) }),
    issuer: nameOf(name),
    subject: nameOf(name),
    notBefore: timeOf(now - DAY_MS),
    notAfter: timeOf(now + 3_650 * DAY_MS),
    extensions: [new pkijs.Extension({ extnID: "2.5.29.15", critical: true, extnValue: usage.toBER() })],
  });
  const spki = asn1js.fromBER(new Uint8Array(pair.publicKey.export({ format: "der", type: "spki" })));
  certificate.subjectPublicKeyInfo = new pkijs.PublicKeyInfo({ schema: spki.result });
  const pkcs8 = new Uint8Array(pair.privateKey.export({ format: "der", type: "pkcs8" }));
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  await certificate.sign(await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]), "SHA-256");
  const base64 = Buffer.from(certificate.toSchema(true).toBER()).toString("base64");
  const lines = (base64.match(/.{1,64}/g) ?? []).join("\n");
  return {
    key: pair.privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}
