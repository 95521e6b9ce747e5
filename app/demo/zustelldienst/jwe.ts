import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { ApiVersion } from "./apis.ts";
import { pass, refuse, type Outcome } from "./problems.ts";

/** Shortest compact JWE that a 4096 bit key can produce, in characters. */
export const MINIMUM_JWE_LENGTH = 776;

/** Largest encrypted attachment, in bytes. */
export const MAXIMUM_JWE_LENGTH = 500 * 1024 * 1024;

const HEADER_LIMIT = 4096;
const TAG_LIMIT = 64;
const DOT = 0x2e;

const isBase64Url = new Uint8Array(256);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
  isBase64Url[character.charCodeAt(0)] = 1;
}

const jweHeader = z.record(z.string(), z.unknown());

/** What can be seen of a JWE without any key. */
export interface JweOutline {
  header: Record<string, unknown>;
  tag: string;
  size: number;
}

/** Which headers a JWE must carry at its place. */
export interface JweExpectation {
  /** Key ids of the destination that may be used. */
  kids: readonly string[];
  /** Allowed content types; absent = any media type. */
  contentTypes?: readonly string[];
  version: ApiVersion;
}

/** Reads a compact JWE piece by piece, so that large attachments never have to be in memory. */
export interface JweScanner {
  push(chunk: Uint8Array): void;
  finish(): Outcome<JweOutline>;
}

/** A scanner for one compact JWE. */
export function createJweScanner(): JweScanner {
  const lengths = [0, 0, 0, 0, 0];
  let segment = 0;
  let foreignByte = false;
  let header = "";
  let tag = "";

  return {
    push: (chunk) => {
      for (const byte of chunk) {
        if (byte === DOT) {
          segment += 1;
          continue;
        }
        if (isBase64Url[byte] !== 1 || segment > 4) {
          foreignByte = true;
          continue;
        }
        lengths[segment] = (lengths[segment] ?? 0) + 1;
        if (segment === 0 && header.length < HEADER_LIMIT) header += String.fromCharCode(byte);
        else if (segment === 4 && tag.length < TAG_LIMIT) tag += String.fromCharCode(byte);
      }
    },
    finish: () => {
      if (foreignByte || segment !== 4) return refuse("invalid-jwe", "compact serialization has five segments");
      const size = lengths.reduce((sum, length) => sum + length, segment);
      if (size < MINIMUM_JWE_LENGTH) return refuse("invalid-jwe", `shorter than ${MINIMUM_JWE_LENGTH} characters`);
      const [headerLength = 0, keyLength, ivLength, , tagLength] = lengths;
      if (headerLength > HEADER_LIMIT) return refuse("invalid-jwe", "protected header too long");
      if (keyLength !== 683) return refuse("invalid-jwe", "encrypted key is not of 4096 bit");
      if (ivLength !== 16) return refuse("invalid-jwe", "initialization vector is not of 96 bit");
      if (tagLength !== 22) return refuse("invalid-jwe", "authentication tag is not of 128 bit");
      const parsed = parseHeader(header);
      if (!parsed) return refuse("invalid-jwe", "protected header is no JSON object");
      return pass({ header: parsed, tag, size });
    },
  };
}

/**
 * Checks the protected header: fixed algorithms, known key, content type, no compression. The old dialect takes any
 * content type and compression by DEFLATE.
 */
export function checkJweHeader(outline: JweOutline, expected: JweExpectation): Outcome<JweOutline> {
  const { header } = outline;
  if (header.alg !== "RSA-OAEP-256") return wrongHeader("alg", "RSA-OAEP-256 required");
  if (header.enc !== "A256GCM") return wrongHeader("enc", "A256GCM required");
  if (typeof header.kid !== "string" || !expected.kids.includes(header.kid)) {
    return wrongHeader("kid", "not the encryption key of the destination");
  }
  const isOld = expected.version === "v1";
  if ("zip" in header && !(isOld && header.zip === "DEF")) {
    return wrongHeader("zip", isOld ? "DEF is the only compression" : "compression is not allowed in v2");
  }
  if ("crit" in header) return wrongHeader("crit", "extensions are not supported");
  if (isOld) return pass(outline);
  const { cty } = header;
  const known = expected.contentTypes;
  const fits = typeof cty === "string" && (known ? known.includes(cty) : /^[-\w.]+\/[-\w.+]+$/.test(cty));
  if (!fits) return wrongHeader("cty", known ? `${known.join(" or ")} required` : "media type required");
  return pass(outline);
}

/** An authentication tag that belongs to nothing, for a Zustelldienst that lies. */
export function inventedTag(): string {
  return randomBytes(16).toString("base64url");
}

function wrongHeader(name: string, detail: string) {
  return refuse("invalid-jwe", detail, `Invalid JWE Header '${name}'`);
}

function parseHeader(segment: string): Record<string, unknown> | undefined {
  try {
    return jweHeader.safeParse(JSON.parse(Buffer.from(segment, "base64url").toString("utf8"))).data;
  } catch {
    return undefined;
  }
}
