import { constants, createCipheriv, publicEncrypt, randomBytes } from "node:crypto";
import type { Certificate } from "../fit-connect/certificate.server.ts";

const KEY_BYTES = 32;
const VECTOR_BYTES = 16;
const PIECE_BYTES = 1024 * 1024;

// Tags of ASN.1 (X.690).
const INTEGER = 0x02;
const OCTETS = 0x04;
const NULL = Buffer.from([0x05, 0x00]);
const SEQUENCE = 0x30;
const SET = 0x31;
const CONTEXT_0 = 0xa0;
const CONTEXT_1 = 0xa1;
const IMPLICIT_OCTETS_0 = 0x80;

const oid = (hex: string) => Buffer.from(hex, "hex");
const OID = {
  envelopedData: oid("06092a864886f70d010703"),
  data: oid("06092a864886f70d010701"),
  rsaesOaep: oid("06092a864886f70d010107"),
  mgf1: oid("06092a864886f70d010108"),
  sha256: oid("0609608648016503040201"),
  aes256Cbc: oid("060960864801650304012a"),
};
const VERSION_0 = Buffer.from([INTEGER, 1, 0]);

/** Tag and length of a value in DER. */
function head(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.from([tag, length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes]);
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([
    head(
      tag,
      parts.reduce((sum, { length }) => sum + length, 0),
    ),
    ...parts,
  ]);
}

function serialNumber({ serial }: Certificate): Buffer {
  const bytes = Buffer.from(serial === "" ? "00" : serial, "hex");
  const [first = 0] = bytes;
  return der(INTEGER, ...(first >= 0x80 ? [Buffer.from([0])] : []), bytes);
}

/** RSAES-OAEP with SHA-256 for the hash and for MGF1 (RFC 8017 A.2.1). */
function oaep(): Buffer {
  const hash = der(SEQUENCE, OID.sha256, NULL);
  const mask = der(SEQUENCE, OID.mgf1, hash);
  return der(SEQUENCE, OID.rsaesOaep, der(SEQUENCE, der(CONTEXT_0, hash), der(CONTEXT_1, mask)));
}

/**
 * Encrypts for the holder of a certificate: CMS EnvelopedData in DER (RFC 5652 section 6) with RSAES-OAEP (SHA-256, RFC 3560)
 * and AES-256-CBC (RFC 3565), as `openssl cms -decrypt -inform DER` reads it. Written by hand: for a file
 * of 10 MB pkijs takes four times the memory (92 MB) and seven times the time.
 */
export function encryptFor(recipient: Certificate, bytes: Uint8Array): Buffer {
  const [key, vector] = [randomBytes(KEY_BYTES), randomBytes(VECTOR_BYTES)];
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const wrapped = publicEncrypt({ key: recipient.key, padding, oaepHash: "sha256" }, key);
  const cipher = createCipheriv("aes-256-cbc", key, vector);
  const pieces: Buffer[] = [];
  for (let begin = 0; begin < bytes.length; begin += PIECE_BYTES) {
    pieces.push(cipher.update(bytes.subarray(begin, begin + PIECE_BYTES)));
  }
  pieces.push(cipher.final());
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);

  const issuer = der(SEQUENCE, recipient.issuer, serialNumber(recipient));
  const recipients = der(SET, der(SEQUENCE, VERSION_0, issuer, oaep(), der(OCTETS, wrapped)));
  const algorithm = der(SEQUENCE, OID.aes256Cbc, der(OCTETS, vector));
  const content = [OID.data, algorithm, head(IMPLICIT_OCTETS_0, length)];
  // From the inside out: each layer only needs to know how long everything in it is.
  let layers = content.reduce((sum, part) => sum + part.length, length);
  const wrap = (tag: number, before: readonly Buffer[] = []): Buffer[] => {
    layers += before.reduce((sum, part) => sum + part.length, 0);
    const opening = head(tag, layers);
    layers += opening.length;
    return [opening, ...before];
  };
  const inner = wrap(SEQUENCE);
  const enveloped = wrap(SEQUENCE, [VERSION_0, recipients]);
  const explicit = wrap(CONTEXT_0);
  const whole = wrap(SEQUENCE, [OID.envelopedData]);
  return Buffer.concat([...whole, ...explicit, ...enveloped, ...inner, ...content, ...pieces]);
}
