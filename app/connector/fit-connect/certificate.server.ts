import { createPublicKey, type KeyObject } from "node:crypto";
import { BitString } from "asn1js";
import * as pkijs from "pkijs";
import { isSameAlgorithm, type Signed } from "./signature.server.ts";

/** What a certificate's key may be used for, as far as chains need it (RFC 5280 section 4.2.1.3). */
export type KeyUsageBit = "digitalSignature" | "keyEncipherment" | "keyCertSign" | "cRLSign";

/** A certificate (RFC 5280), read but not yet believed. Names are in DER, the serial number in hex, times in milliseconds. */
export type Certificate = {
  der: Buffer;
  subject: Buffer;
  issuer: Buffer;
  serial: string;
  notBefore: number;
  notAfter: number;
  key: KeyObject;
  /** Modulus of the RSA key in hex without leading zeros, and its exponent. */
  modulus: string;
  exponent: string;
  /** The key's bytes as certificate ids of OCSP hash them. */
  keyBytes: Uint8Array;
  isCa: boolean;
  /** How many further CA certificates may stand below this one. */
  pathLength: number | undefined;
  /** Undefined if the certificate does not say what its key is for. */
  keyUsage: ReadonlySet<KeyUsageBit> | undefined;
  /** May sign OCSP answers for its issuer; `noCheck`: its own state need not be asked for (RFC 6960 section 4.2.2.2). */
  ocspSigning: boolean;
  noCheck: boolean;
  ocspUrls: readonly string[];
  crlUrls: readonly string[];
  /** Marked critical, and this program does not know what it says; such a certificate must not be relied on. */
  hasUnknownCritical: boolean;
  signed: Signed;
};

const RSA_OIDS = new Set(["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10"]);
const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
const OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";

const usageBits: Readonly<Record<KeyUsageBit, number>> = {
  digitalSignature: 0x80,
  keyEncipherment: 0x20,
  keyCertSign: 0x04,
  cRLSign: 0x02,
};

// Policies and purposes limit nothing that is checked here; name constraints would, so they are not in the list.
const known: ReadonlySet<string> = new Set([
  pkijs.id_KeyUsage,
  pkijs.id_BasicConstraints,
  pkijs.id_ExtKeyUsage,
  pkijs.id_CertificatePolicies,
  pkijs.id_CRLDistributionPoints,
  pkijs.id_AuthorityInfoAccess,
  pkijs.id_AuthorityKeyIdentifier,
  pkijs.id_SubjectKeyIdentifier,
  pkijs.id_SubjectAltName,
  OCSP_NO_CHECK,
]);

/** Reads a certificate from DER; undefined if it is none, or one without an RSA key. */
export function parseCertificate(der: Uint8Array): Certificate | undefined {
  try {
    return read(Buffer.from(der), pkijs.Certificate.fromBER(new Uint8Array(der)));
  } catch {
    return undefined;
  }
}

function read(der: Buffer, raw: pkijs.Certificate): Certificate | undefined {
  const { subjectPublicKeyInfo: info, extensions = [] } = raw;
  const ids = extensions.map(({ extnID }) => extnID);
  const isOdd = new Set(ids).size !== ids.length || !isSameAlgorithm(raw.signature, raw.signatureAlgorithm);
  if (isOdd || !RSA_OIDS.has(info.algorithm.algorithmId)) return undefined;
  const keyBytes = new Uint8Array(info.subjectPublicKey.valueBlock.valueHexView);
  const rsa = pkijs.RSAPublicKey.fromBER(keyBytes);
  const find = (id: string): unknown => extensions.find(({ extnID }) => extnID === id)?.parsedValue;
  const constraints = find(pkijs.id_BasicConstraints);
  const isCa = constraints instanceof pkijs.BasicConstraints && constraints.cA;
  const purposes = find(pkijs.id_ExtKeyUsage);
  return {
    der,
    subject: Buffer.from(raw.subject.valueBeforeDecode),
    issuer: Buffer.from(raw.issuer.valueBeforeDecode),
    serial: hexOf(raw.serialNumber.valueBlock.valueHexView),
    notBefore: raw.notBefore.value.getTime(),
    notAfter: raw.notAfter.value.getTime(),
    key: createPublicKey({ key: Buffer.from(info.toSchema().toBER()), format: "der", type: "spki" }),
    modulus: hexOf(rsa.modulus.valueBlock.valueHexView),
    exponent: hexOf(rsa.publicExponent.valueBlock.valueHexView),
    keyBytes,
    isCa,
    pathLength: isCa ? lengthOf(constraints.pathLenConstraint) : undefined,
    keyUsage: usageOf(find(pkijs.id_KeyUsage)),
    ocspSigning: purposes instanceof pkijs.ExtKeyUsage && purposes.keyPurposes.includes(OCSP_SIGNING),
    noCheck: ids.includes(OCSP_NO_CHECK),
    ocspUrls: ocspUrlsOf(find(pkijs.id_AuthorityInfoAccess)),
    crlUrls: crlUrlsOf(find(pkijs.id_CRLDistributionPoints)),
    hasUnknownCritical: extensions.some(({ critical, extnID }) => critical && !known.has(extnID)),
    signed: {
      bytes: raw.tbsView,
      algorithm: raw.signatureAlgorithm,
      signature: raw.signatureValue.valueBlock.valueHexView,
    },
  };
}

/** A whole number of ASN.1 in hex, without leading zeros. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("hex")
    .replace(/^(00)+/, "");
}

/** Length in bits of a number in hex. */
export function bitsOf(hex: string): number {
  const digits = hex.replace(/^0+/, "");
  return digits === "" ? 0 : digits.length * 4 - Math.clz32(Number.parseInt(digits.slice(0, 1), 16)) + 28;
}

/** The addresses among general names that the service can ask; others (directories, names) are passed over. */
export function webAddresses(names: unknown): string[] {
  if (!Array.isArray(names)) return [];
  return names.flatMap((name: unknown) => {
    if (!(name instanceof pkijs.GeneralName)) return [];
    const text: unknown = name.value;
    return name.type === 6 && typeof text === "string" && /^https?:/i.test(text) && URL.canParse(text) ? [text] : [];
  });
}

function lengthOf(constraint: pkijs.BasicConstraints["pathLenConstraint"]): number | undefined {
  if (constraint === undefined || typeof constraint === "number") return constraint;
  return constraint.valueBlock.valueDec;
}

function usageOf(value: unknown): ReadonlySet<KeyUsageBit> | undefined {
  if (!(value instanceof BitString)) return undefined;
  const first = value.valueBlock.valueHexView[0] ?? 0;
  const names: KeyUsageBit[] = ["digitalSignature", "keyEncipherment", "keyCertSign", "cRLSign"];
  return new Set(names.filter((name) => (first & usageBits[name]) !== 0));
}

function ocspUrlsOf(value: unknown): string[] {
  if (!(value instanceof pkijs.InfoAccess)) return [];
  const places = value.accessDescriptions.filter(({ accessMethod }) => accessMethod === pkijs.id_ad_ocsp);
  return webAddresses(places.map(({ accessLocation }) => accessLocation));
}

function crlUrlsOf(value: unknown): string[] {
  if (!(value instanceof pkijs.CRLDistributionPoints)) return [];
  // Lists for some reasons only, or made by somebody else, do not give the whole state.
  const whole = value.distributionPoints.filter(({ reasons, cRLIssuer }) => !reasons && !cRLIssuer);
  return whole.flatMap(({ distributionPoint }) => webAddresses(distributionPoint));
}
