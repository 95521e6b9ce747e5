import { X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { KeyFault } from "../errors.ts";
import { checkJwk, type PublicJwk } from "./jwk.server.ts";
import { makeKey, type TestKey } from "./keys.testing.ts";

const now = Date.UTC(2030, 0, 15);
let encryption: TestKey;
let short: TestKey;

beforeAll(async () => {
  [encryption, short] = await Promise.all([makeKey("kid-encrypt", "encrypt"), makeKey("kid-short", "encrypt", 2048)]);
});

/** Self-signed for a key nobody has kept; valid from November 2026 for a hundred years. */
const certificate =
  "MIIFozCCA1agAwIBAgIULAJnifJ/97xi5oFx4yDnUAnDyLgwQgYJKoZIhvcNAQEKMDWgDzANBglghkgBZQMEAgMFAKEcMBoGCSqG" +
  "SIb3DQEBCDANBglghkgBZQMEAgMFAKIEAgIBvjArMRowGAYDVQQDDBFUZXN0IFp1c3RlbGxwdW5rdDENMAsGA1UECgwEVGVzdDAg" +
  "Fw0yNjExMjIwMDI4MThaGA8yMTI2MTAyOTAwMjgxOFowKzEaMBgGA1UEAwwRVGVzdCBadXN0ZWxscHVua3QxDTALBgNVBAoMBFRl" +
  "c3QwggIiMA0GCSqGSIb3DQEBAQUAA4ICDwAwggIKAoICAQDg1xQnJzpBa8N9uz0sX4VxAK4PAK97zeWFvEMSrwvMptZ8sOUoL5HE" +
  "DnspkMmEp2+Ea6w+eAQprv1R3MBWW+oES5eDt2aYTlSPCM2ftBLxyfaDYFbgkR4IvSUTl8Od0d1TgKGX578w1+LVtUCWMA8tnK+y" +
  "q/i6V92Dtw2Vyla1DR6thZbjpPcAkiIV5o2c+4J2DViZGPkuKizVbx3T8gXqdloqFPtqkwI9C/ZfFB83SZgjFGqP0KRgtDtQnHz1" +
  "9D0LYzgDY2tNNIiDrNpNS3bPUXbeEOXSPboEFus3fH9SnmFEMSkA1kVcUfaPLDTUsKgVWuUayBnxho2IvfvD9es/IckcRjBHNACo" +
  "qMdv6BgtiaWFrFaAsv6JH5xVzTMy/SAHo1xW+cW+bazx8uduSUWHe5m2m/5IMIyoJH8tdu96Uj/RvHTnKuAAfNYjlP2rR9+y0OEm" +
  "+hqyneJDdwEHgy8T5S7FpPioI8YslASNJ5ur7xPzeC051TLuP23cEYjoqrFN7SIrXAlDq5QuASu3adTcky+JXzeQQoR0ziacYRLo" +
  "pBkNrXmuNqrtUN+H75Y0yIxfo57r92UPGI151UQ3/DVd4Igv0Nbfmji46xchrzc5G/3/WWZH+NJOmttqiy0XFOph8MPb9Hra0Op2" +
  "dURfEoz9LH4PBm/CN59aLmXxG7J2IwIDAQABo1MwUTAdBgNVHQ4EFgQUJDgv1yatIClhN6+mPo4LMwYKIjYwHwYDVR0jBBgwFoAU" +
  "JDgv1yatIClhN6+mPo4LMwYKIjYwDwYDVR0TAQH/BAUwAwEB/zBCBgkqhkiG9w0BAQowNaAPMA0GCWCGSAFlAwQCAwUAoRwwGgYJ" +
  "KoZIhvcNAQEIMA0GCWCGSAFlAwQCAwUAogQCAgG+A4ICAQBkrr09VVyuBaHgOgxX1lZtRMnWHYwWH7BrXAVpBXL7OTOYWAun6GXp" +
  "29GznbPpzZ2YOskDuE5k3SD0PbhYyWQT/l9AK2QuNcp5PXKK3oh0t33DtY+flC5LHwVbBNAUnaXvGwL9wjp+FOzEnqgIFrJ8uz08" +
  "HNn/aRgzH+iRRfDFcBWEHoRhiAE7rtxD1D89XZ05O/81EhvNqheMU+BFzafe2ULktYx7lkINc7W8fR3skVIcS8tF4fWv3YmMuzNC" +
  "4UsCBuKyZtXzCuK/x/bVlHhZvmXl265StCjEJl2XMSyM/Y9NaVTOexSigHD2FYuOzYrfied2Ue3zcutxfVNJeKd3Qxtq6sqThKHT" +
  "k6SNFlDhlc7khzFpJaC72HEBBwwdbBdSgi6TcF5rv1HaSYSyYOw2NDhUkZxrnj5/D1oAeLPtitKkWwCbg3mB7XYuKtJEQC1zrE/L" +
  "aY4W6DgvFESe2Ad1IVI9gSKbDimo/Rrn7kTknzdh5Uht070ABif4TJloGt75Gi/9Qg7t7N08ST8H3sgykGLq5pZWBXdjmFA1hG+9" +
  "8uGgQIHOuo5z8kc+6bUYuUgtwjss3x7Y2MAkRhJ2ZNUtBRi0Fa6NHKrZEoNZfGsuZUTm8n9AQ+fqdCk7Y29zgZc3RKm9sK7FFMbG" +
  "BoIJIs7FJ9DAoYfh19cKCqg5hyZGsw==";

const test4096 = (jwk: PublicJwk, change: Partial<Parameters<typeof checkJwk>[1]> = {}) =>
  checkJwk(jwk, { kid: jwk.kid, use: "encrypt", allowWithoutCertificate: true, now, ...change });

function certifiedJwk(): PublicJwk {
  const { n = "", e = "" } = new X509Certificate(Buffer.from(certificate, "base64")).publicKey.export({
    format: "jwk",
  });
  return { kty: "RSA", kid: "kid-certified", n, e, alg: "RSA-OAEP-256", key_ops: ["wrapKey"], x5c: [certificate] };
}

describe("A destination's encryption key", () => {
  test("is taken when it is a 4096 bit RSA key for wrapping", () => {
    expect(test4096(encryption.jwk)).toMatchObject({ ok: true });
  });

  test("with 2048 bits is refused", () => {
    expect(test4096(short.jwk)).toEqual({ ok: false, reason: "tooShort" });
  });

  test("does not become longer by leading zeros", () => {
    const padded = Buffer.concat([Buffer.alloc(256), Buffer.from(short.jwk.n, "base64url")]).toString("base64url");
    expect(test4096({ ...short.jwk, n: padded })).toEqual({ ok: false, reason: "tooShort" });
  });

  const wrong: readonly [string, Partial<PublicJwk>, KeyFault][] = [
    ["of another type", { kty: "EC" }, "kind"],
    ["with another exponent", { e: "Aw" }, "kind"],
    ["with another kid", { kid: "another" }, "kid"],
    ["for another algorithm", { alg: "RSA-OAEP" }, "purpose"],
    ["without an algorithm", { alg: undefined }, "purpose"],
    ["for verifying", { key_ops: ["verify"] }, "purpose"],
    ["for both purposes", { key_ops: ["wrapKey", "verify"] }, "purpose"],
    ["without a purpose", { key_ops: undefined }, "purpose"],
  ];
  test.each(wrong)("%s is refused", (_name, change, reason) => {
    expect(test4096({ ...encryption.jwk, ...change }, { kid: "kid-encrypt" })).toEqual({ ok: false, reason });
  });

  test("without a certificate is refused unless the test environment does without", () => {
    const checked = test4096(encryption.jwk, { allowWithoutCertificate: false });
    expect(checked).toEqual({ ok: false, reason: "noCertificate" });
  });

  test("with a certificate for the same key is taken", () => {
    expect(test4096(certifiedJwk(), { allowWithoutCertificate: false })).toMatchObject({ ok: true });
  });

  test("with the certificate of another key is refused, in the test environment too", () => {
    const checked = test4096({ ...encryption.jwk, x5c: [certificate] });
    expect(checked).toEqual({ ok: false, reason: "foreignCertificate" });
  });

  test("with a broken certificate is refused", () => {
    expect(test4096({ ...encryption.jwk, x5c: ["AAAA"] })).toEqual({ ok: false, reason: "foreignCertificate" });
  });

  test("with a certificate that is not yet valid is refused", () => {
    expect(test4096(certifiedJwk(), { now: 0 })).toEqual({ ok: false, reason: "certificateDate" });
  });
});

test("an encryption key is not taken for verifying statements", () => {
  expect(test4096(encryption.jwk, { use: "verify" })).toEqual({ ok: false, reason: "purpose" });
  expect(test4096(encryption.jwk, { use: "service" })).toEqual({ ok: false, reason: "purpose" });
});
