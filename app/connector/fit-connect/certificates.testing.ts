import { generateKeyPair, randomBytes, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

/** A key pair of a certificate. */
export type Pair = { publicKey: KeyObject; privateKey: KeyObject };

/** A certificate made in a test, with the key behind it, so that it can issue others. */
export type Issued = {
  name: string;
  pair: Pair;
  certificate: pkijs.Certificate;
  der: Buffer;
  x5c: string;
  pem: string;
};

/** What a certificate says; a leaf of the V-PKI kind where nothing is said. */
export type Wish = {
  name: string;
  pair: Pair;
  /** Undefined: it issues itself. */
  issuer?: Pick<Issued, "name" | "pair">;
  from?: number;
  to?: number;
  ca?: boolean;
  pathLength?: number;
  usage?: readonly (keyof typeof usageBits)[];
  hash?: "SHA-256" | "SHA-512";
  scheme?: "RSA-PSS" | "RSASSA-PKCS1-v1_5";
  ocsp?: string;
  crl?: string;
  ocspSigning?: boolean;
  noCheck?: boolean;
  unknownCritical?: boolean;
};

const usageBits = { digitalSignature: 0x80, keyEncipherment: 0x20, keyCertSign: 0x04, cRLSign: 0x02 } as const;

/** The moment at which tests look at certificates. */
export const NOW = Date.UTC(2030, 0, 15);
/** A day in milliseconds. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** Makes an RSA key pair; 4096 bits take a second. */
export function makePair(bits = 4096): Promise<Pair> {
  return promisify(generateKeyPair)("rsa", { modulusLength: bits });
}

/** Issues a certificate; valid a year before and after `NOW`. */
export async function issue(wish: Wish): Promise<Issued> {
  const { name, pair, issuer = { name, pair }, hash = "SHA-512", scheme = "RSA-PSS" } = wish;
  const certificate = new pkijs.Certificate({
    version: 2,
    serialNumber: new asn1js.Integer({ valueHex: Buffer.concat([Buffer.from([0x5a]), randomBytes(15)]) }),
    issuer: distinguishedName(issuer.name),
    subject: distinguishedName(name),
    notBefore: time(wish.from ?? NOW - 365 * DAY_MS),
    notAfter: time(wish.to ?? NOW + 365 * DAY_MS),
    extensions: extensionsOf(wish),
  });
  const spki = asn1js.fromBER(new Uint8Array(pair.publicKey.export({ format: "der", type: "spki" })));
  certificate.subjectPublicKeyInfo = new pkijs.PublicKeyInfo({ schema: spki.result });
  await certificate.sign(await signingKey(issuer.pair, hash, scheme), hash);
  const der = Buffer.from(certificate.toSchema(true).toBER());
  const x5c = der.toString("base64");
  return { name, pair, certificate, der, x5c, pem: `-----BEGIN CERTIFICATE-----\n${x5c}\n-----END CERTIFICATE-----\n` };
}

/** What a revocation list says of itself. */
export type ListWish = {
  from?: number;
  to?: number;
  /** For which certificates it is complete. */
  scope?: { onlyContainsCACerts?: boolean; onlyContainsUserCerts?: boolean; indirectCRL?: boolean; url?: string };
  /** Lists only what changed since another list. */
  isDelta?: boolean;
};

/** A revocation list of a CA. */
export async function makeCrl(
  issuer: Pick<Issued, "name" | "pair">,
  revoked: readonly Issued[],
  { from = NOW - DAY_MS, to = NOW + DAY_MS, scope, isDelta = false }: ListWish = {},
): Promise<Buffer> {
  const list = new pkijs.CertificateRevocationList({
    version: 1,
    issuer: distinguishedName(issuer.name),
    thisUpdate: time(from),
    nextUpdate: time(to),
    ...(scope || isDelta
      ? { crlExtensions: new pkijs.Extensions({ extensions: listExtensions(scope, isDelta) }) }
      : {}),
    ...(revoked.length === 0
      ? {}
      : {
          revokedCertificates: revoked.map(
            ({ certificate }) =>
              new pkijs.RevokedCertificate({ userCertificate: certificate.serialNumber, revocationDate: time(from) }),
          ),
        }),
  });
  await list.sign(await signingKey(issuer.pair, "SHA-512", "RSA-PSS"), "SHA-512");
  return Buffer.from(list.toSchema(true).toBER());
}

/** How an OCSP responder answers. */
export type OcspAnswer = {
  state: "good" | "revoked" | "unknown";
  /** Whose key signs. */
  signer: Pick<Issued, "name" | "pair">;
  /** Certificates that go along. */
  certs?: readonly Issued[];
  from?: number;
  to?: number;
  /** Answers about another serial number than the one that was asked for. */
  isAboutAnother?: boolean;
};

/** Answers an OCSP request. */
export async function answerOcsp(question: Uint8Array, answer: OcspAnswer): Promise<Buffer> {
  const request = pkijs.OCSPRequest.fromBER(new Uint8Array(question));
  const [asked] = request.tbsRequest.requestList;
  if (!asked) throw new Error("Nothing was asked");
  const { reqCert } = asked;
  if (answer.isAboutAnother) reqCert.serialNumber = new asn1js.Integer({ value: 4711 });
  const { from = NOW - DAY_MS, to = NOW + DAY_MS } = answer;
  const basic = new pkijs.BasicOCSPResponse({
    tbsResponseData: new pkijs.ResponseData({
      responderID: distinguishedName(answer.signer.name),
      producedAt: new Date(from),
      responses: [
        new pkijs.SingleResponse({
          certID: reqCert,
          certStatus: statusOf(answer.state),
          thisUpdate: new Date(from),
          nextUpdate: new Date(to),
        }),
      ],
    }),
    ...(answer.certs ? { certs: answer.certs.map(({ certificate }) => certificate) } : {}),
  });
  await basic.sign(await signingKey(answer.signer.pair, "SHA-512", "RSA-PSS"), "SHA-512");
  const response = new pkijs.OCSPResponse({
    responseStatus: new asn1js.Enumerated({ value: 0 }),
    responseBytes: new pkijs.ResponseBytes({
      responseType: pkijs.id_PKIX_OCSP_Basic,
      response: new asn1js.OctetString({ valueHex: basic.toSchema().toBER() }),
    }),
  });
  return Buffer.from(response.toSchema().toBER());
}

/** A real HTTP server for OCSP (`/ocsp`) and revocation lists (`/crl`, `/root.crl`); what it answers can be changed. */
export async function startStatusServer() {
  const behaviour: {
    ocsp: ((question: Buffer) => Promise<Buffer>) | undefined;
    crl: Buffer | undefined;
    rootCrl: Buffer | undefined;
  } = { ocsp: undefined, crl: undefined, rootCrl: undefined };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const lists = { "/crl": behaviour.crl, "/root.crl": behaviour.rootCrl };
      const list = lists[request.url as keyof typeof lists];
      const answer = request.url === "/ocsp" ? behaviour.ocsp?.(Buffer.concat(parts)) : Promise.resolve(list);
      void Promise.resolve(answer).then((body) => (body ? response.end(body) : response.writeHead(503).end()));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behaviour,
    asked,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function extensionsOf(wish: Wish): pkijs.Extension[] {
  const { ca = false, usage, ocsp, crl } = wish;
  const all: pkijs.Extension[] = [];
  const add = (extnID: string, critical: boolean, value: { toBER: () => ArrayBuffer }) =>
    all.push(new pkijs.Extension({ extnID, critical, extnValue: value.toBER() }));
  if (ca) {
    const length = wish.pathLength === undefined ? {} : { pathLenConstraint: wish.pathLength };
    add(pkijs.id_BasicConstraints, true, new pkijs.BasicConstraints({ cA: true, ...length }).toSchema());
  }
  if (usage) {
    const bits = usage.reduce((sum, name) => sum | usageBits[name], 0);
    add(pkijs.id_KeyUsage, true, new asn1js.BitString({ valueHex: new Uint8Array([bits]), unusedBits: 1 }));
  }
  if (ocsp !== undefined) {
    const description = new pkijs.AccessDescription({ accessMethod: pkijs.id_ad_ocsp, accessLocation: place(ocsp) });
    add(pkijs.id_AuthorityInfoAccess, false, new pkijs.InfoAccess({ accessDescriptions: [description] }).toSchema());
  }
  if (crl !== undefined) {
    const point = new pkijs.DistributionPoint({ distributionPoint: [place(crl)] });
    const points = new pkijs.CRLDistributionPoints({ distributionPoints: [point] });
    add(pkijs.id_CRLDistributionPoints, false, points.toSchema());
  }
  if (wish.ocspSigning) {
    add(pkijs.id_ExtKeyUsage, true, new pkijs.ExtKeyUsage({ keyPurposes: ["1.3.6.1.5.5.7.3.9"] }).toSchema());
  }
  if (wish.noCheck) add("1.3.6.1.5.5.7.48.1.5", false, new asn1js.Null());
  if (wish.unknownCritical) add("1.2.3.4.5", true, new asn1js.Null());
  return all;
}

function place(value: string): pkijs.GeneralName {
  return new pkijs.GeneralName({ type: 6, value });
}

function listExtensions(scope: ListWish["scope"], isDelta: boolean): pkijs.Extension[] {
  const all: pkijs.Extension[] = [];
  if (scope) {
    const { url, ...only } = scope;
    const where = url === undefined ? {} : { distributionPoint: [place(url)] };
    const extnValue = new pkijs.IssuingDistributionPoint({ ...only, ...where }).toSchema().toBER();
    all.push(new pkijs.Extension({ extnID: pkijs.id_IssuingDistributionPoint, critical: true, extnValue }));
  }
  const base = new asn1js.Integer({ value: 7 }).toBER();
  if (isDelta) all.push(new pkijs.Extension({ extnID: pkijs.id_BaseCRLNumber, critical: true, extnValue: base }));
  return all;
}

function statusOf(state: OcspAnswer["state"]) {
  if (state === "revoked") {
    const since = new asn1js.GeneralizedTime({ valueDate: new Date(NOW - 2 * DAY_MS) });
    return new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 1 }, value: [since] });
  }
  return new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber: state === "good" ? 0 : 2 } });
}

function distinguishedName(name: string): pkijs.RelativeDistinguishedNames {
  const value = new asn1js.Utf8String({ value: name });
  return new pkijs.RelativeDistinguishedNames({
    typesAndValues: [new pkijs.AttributeTypeAndValue({ type: "2.5.4.3", value })],
  });
}

function time(value: number): pkijs.Time {
  return new pkijs.Time({ type: 1, value: new Date(value) });
}

function signingKey({ privateKey }: Pair, hash: string, name: string): Promise<CryptoKey> {
  const pkcs8 = privateKey.export({ format: "der", type: "pkcs8" });
  return crypto.subtle.importKey("pkcs8", new Uint8Array(pkcs8), { name, hash }, false, ["sign"]);
}
