import { readFile } from "node:fs/promises";
import { DeliveryError, type KeyFault } from "../errors.ts";
import { bitsOf, parseCertificate, type Certificate } from "../fit-connect/certificate.server.ts";

// BSI TR-02102-1 (2024): RSA keys of at least 3000 bits.
const LEAST_BITS = 3_000;
const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/;

function refused(detail: KeyFault, cause?: unknown): DeliveryError {
  // The operator has to put another file there; it is looked at anew each time.
  return new DeliveryError("keyRefused", true, { detail, cause });
}

/**
 * The certificate that contents for a gateway are encrypted for. It is trusted because the operator named it, so that no chain
 * is looked for; but it must be in its time, long enough and made for encryption (RFC 5280 section 4.2.1.3).
 * @throws DeliveryError keyRefused
 */
export async function loadRecipient(file: string, now: number): Promise<Certificate> {
  const text = await readFile(file, "latin1").catch((cause: unknown) => {
    throw refused("missing", cause);
  });
  const [, base64] = PEM.exec(text) ?? [];
  if (base64 === undefined) throw refused("noCertificate");
  const certificate = parseCertificate(Buffer.from(base64, "base64"));
  if (!certificate) throw refused("kind");
  const { notBefore, notAfter, keyUsage, modulus } = certificate;
  if (now < notBefore || notAfter < now) throw refused("certificateDate");
  if (keyUsage && !keyUsage.has("keyEncipherment")) throw refused("keyUsage");
  if (bitsOf(modulus) < LEAST_BITS) throw refused("tooShort");
  return certificate;
}
