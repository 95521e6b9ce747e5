import { createHash } from "node:crypto";
import { Enumerated, Integer, Null, OctetString, type BaseBlock } from "asn1js";
import * as pkijs from "pkijs";
import { bitsOf, parseCertificate, type Certificate } from "./certificate.server.ts";
import { isSignedBy, type Signed } from "./signature.server.ts";
import { STATUS_SIGNER_BITS } from "./unverified.ts";

/** What somebody who must know says about a certificate, and until when that holds (milliseconds since 1970). */
export type CertificateState = { state: "good" | "revoked"; until: number };

/** Checks a certificate that signed an answer without a mark that its own state need not be asked for. */
export type SignerCheck = (signer: Certificate, issuer: Certificate) => Promise<boolean>;

const MAX_SKEW_MS = 5 * 60 * 1000;
const MAX_AGE_MS = 60 * 60 * 1000;
const SUCCESSFUL = 0;
/** Choices of CertStatus (RFC 6960 section 4.2.1); the third is "unknown". */
const GOOD = 0;
const REVOKED = 1;

/** A question for the state of one certificate (RFC 6960 section 4.1), in DER. */
export function ocspRequest(certificate: Certificate, issuer: Certificate): Uint8Array {
  const request = new pkijs.OCSPRequest({
    tbsRequest: new pkijs.TBSRequest({
      requestList: [new pkijs.Request({ reqCert: certificateId(certificate, issuer) })],
    }),
  });
  return new Uint8Array(request.toSchema(true).toBER());
}

/**
 * Reads an answer about one certificate: signed by its issuer, or by somebody whom the issuer certified for that, and
 * fresh. Undefined for everything else, and where the responder does not know the certificate.
 */
export async function readOcspResponse(
  der: Uint8Array,
  { certificate, issuer, now }: { certificate: Certificate; issuer: Certificate; now: number },
  maySign: SignerCheck,
): Promise<CertificateState | undefined> {
  const basic = parseResponse(der);
  if (!basic || !(await isAuthorised(basic, issuer, now, maySign))) return undefined;
  const asked = derOf(certificateId(certificate, issuer));
  const single = basic.tbsResponseData.responses.find(({ certID }) =>
    derOf(withoutHashParameters(certID)).equals(asked),
  );
  return single && stateOf(single, now);
}

function parseResponse(der: Uint8Array): pkijs.BasicOCSPResponse | undefined {
  try {
    const { responseStatus, responseBytes } = pkijs.OCSPResponse.fromBER(new Uint8Array(der));
    const isAnswer = responseStatus instanceof Enumerated && responseStatus.valueBlock.valueDec === SUCCESSFUL;
    if (!isAnswer || responseBytes?.responseType !== pkijs.id_PKIX_OCSP_Basic) return undefined;
    return pkijs.BasicOCSPResponse.fromBER(new Uint8Array(responseBytes.response.valueBlock.valueHexView));
  } catch {
    return undefined;
  }
}

async function isAuthorised(
  { tbsResponseData, signatureAlgorithm, signature, certs = [] }: pkijs.BasicOCSPResponse,
  issuer: Certificate,
  now: number,
  maySign: SignerCheck,
): Promise<boolean> {
  const signed: Signed = {
    bytes: tbsResponseData.tbsView,
    algorithm: signatureAlgorithm,
    signature: signature.valueBlock.valueHexView,
  };
  if (isSignedBy(signed, issuer.key)) return true;
  for (const raw of certs) {
    const signer = parseCertificate(new Uint8Array(raw.toSchema().toBER()));
    if (!signer || !isResponder(signer, issuer, now) || !isSignedBy(signed, signer.key)) continue;
    if (signer.noCheck || (await maySign(signer, issuer))) return true;
  }
  return false;
}

/** The issuer itself must have certified a responder, for exactly this purpose (RFC 6960 section 4.2.2.2). */
function isResponder(signer: Certificate, issuer: Certificate, now: number): boolean {
  const { keyUsage, modulus, notBefore, notAfter } = signer;
  return (
    signer.ocspSigning &&
    !signer.hasUnknownCritical &&
    (keyUsage === undefined || keyUsage.has("digitalSignature")) &&
    bitsOf(modulus) >= STATUS_SIGNER_BITS &&
    notBefore <= now &&
    now <= notAfter &&
    signer.issuer.equals(issuer.subject) &&
    isSignedBy(signer.signed, issuer.key)
  );
}

function stateOf(
  { certStatus, thisUpdate, nextUpdate }: pkijs.SingleResponse,
  now: number,
): CertificateState | undefined {
  const from = thisUpdate.getTime();
  // Without a next time newer answers are always at hand, so an old one is not taken.
  const until = nextUpdate?.getTime() ?? from + MAX_AGE_MS;
  if (from > now + MAX_SKEW_MS || until < now) return undefined;
  const choice = (certStatus as BaseBlock).idBlock.tagNumber;
  if (choice === REVOKED) return { state: "revoked", until };
  return choice === GOOD ? { state: "good", until } : undefined;
}

/** SHA-1 names certificates here and protects nothing; it is what every responder knows (RFC 5019 section 2.1.1). */
function certificateId({ serial, issuer: issuerName }: Certificate, { keyBytes }: Certificate): pkijs.CertID {
  return new pkijs.CertID({
    hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: pkijs.id_sha1, algorithmParams: new Null() }),
    issuerNameHash: new OctetString({ valueHex: sha1(issuerName) }),
    issuerKeyHash: new OctetString({ valueHex: sha1(keyBytes) }),
    serialNumber: integer(serial),
  });
}

/** Responders write the hash's name with or without empty parameters; both mean the same. */
function withoutHashParameters(id: pkijs.CertID): pkijs.CertID {
  const { algorithmId } = id.hashAlgorithm;
  return new pkijs.CertID({
    hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId, algorithmParams: new Null() }),
    issuerNameHash: id.issuerNameHash,
    issuerKeyHash: id.issuerKeyHash,
    serialNumber: id.serialNumber,
  });
}

function integer(hex: string): Integer {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  // A leading bit would make the number negative.
  return new Integer({ valueHex: Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even || "00", "hex") });
}

function sha1(bytes: Uint8Array): Buffer {
  return createHash("sha1").update(bytes).digest();
}

function derOf(id: pkijs.CertID): Buffer {
  return Buffer.from(id.toSchema().toBER());
}
