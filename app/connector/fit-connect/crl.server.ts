import * as pkijs from "pkijs";
import { hexOf, webAddresses, type Certificate } from "./certificate.server.ts";
import type { CertificateState } from "./ocsp.server.ts";
import { isSameAlgorithm, isSignedBy } from "./signature.server.ts";

const MAX_SKEW_MS = 5 * 60 * 1000;
const OF_WHOLE_LIST: ReadonlySet<string> = new Set([pkijs.id_IssuingDistributionPoint]);

/**
 * Looks a certificate up in a revocation list (RFC 5280 section 5) that was fetched from `url`: made and signed by its
 * issuer, complete for certificates of its kind, not out of date. Undefined for every other list.
 */
export function readCrl(
  der: Uint8Array,
  { certificate, issuer, url, now }: { certificate: Certificate; issuer: Certificate; url: string; now: number },
): CertificateState | undefined {
  const list = parseList(der);
  if (!list || !isMadeBy(list, issuer) || !covers(list, certificate, url)) return undefined;
  const from = list.thisUpdate.value.getTime();
  const until = list.nextUpdate?.value.getTime();
  if (until === undefined || from > now + MAX_SKEW_MS || until < now) return undefined;
  const entries = list.revokedCertificates ?? [];
  // An entry may be another issuer's, or mean something that this program does not know.
  const isOdd = entries.some(({ crlEntryExtensions }) =>
    crlEntryExtensions?.extensions.some(({ critical }) => critical),
  );
  if (isOdd) return undefined;
  const serials = entries.map(({ userCertificate }) => hexOf(userCertificate.valueBlock.valueHexView));
  return { state: serials.includes(certificate.serial) ? "revoked" : "good", until };
}

function parseList(der: Uint8Array): pkijs.CertificateRevocationList | undefined {
  try {
    return pkijs.CertificateRevocationList.fromBER(new Uint8Array(der));
  } catch {
    return undefined;
  }
}

function isMadeBy(list: pkijs.CertificateRevocationList, issuer: Certificate): boolean {
  const { tbsView: bytes, signatureAlgorithm: algorithm, signatureValue } = list;
  return (
    issuer.subject.equals(Buffer.from(list.issuer.valueBeforeDecode)) &&
    issuer.keyUsage?.has("cRLSign") === true &&
    isSameAlgorithm(list.signature, algorithm) &&
    isSignedBy({ bytes, algorithm, signature: signatureValue.valueBlock.valueHexView }, issuer.key)
  );
}

function covers(list: pkijs.CertificateRevocationList, { isCa }: Certificate, url: string): boolean {
  const extensions = list.crlExtensions?.extensions ?? [];
  if (extensions.some(({ critical, extnID }) => critical && !OF_WHOLE_LIST.has(extnID))) return false;
  const extension = extensions.find(({ extnID }) => extnID === pkijs.id_IssuingDistributionPoint);
  if (!extension) return true;
  const scope = extension.parsedValue;
  if (!(scope instanceof pkijs.IssuingDistributionPoint)) return false;
  const isPart = scope.indirectCRL || scope.onlyContainsAttributeCerts || scope.onlySomeReasons !== undefined;
  const isOfOtherKind = isCa ? scope.onlyContainsUserCerts : scope.onlyContainsCACerts;
  const isOfOtherPlace = scope.distributionPoint !== undefined && !webAddresses(scope.distributionPoint).includes(url);
  return !isPart && !isOfOtherKind && !isOfOtherPlace;
}
