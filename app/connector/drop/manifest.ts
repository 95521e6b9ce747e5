import { createHash } from "node:crypto";
import { z } from "zod";
import type { OutboundMessage } from "../transport.ts";
import type { DropOptions } from "./config.server.ts";
import { messageOf } from "./progress.ts";

/** Name of the manifest in the folder of a message; it is written last. */
export const MANIFEST = "manifest.json";

/** One file of a message as it lies in its folder. Hashes are SHA-256 in lower-case hex. */
export type ManifestFile = {
  name: string;
  mimeType: string;
  purpose: "data" | "form" | "attachment";
  /** Bytes and hash as written, so of the encrypted file. */
  bytes: number;
  sha256: string;
  /** Hash of the content. */
  plainSha256: string;
};

/** SHA-256 in lower-case hex. */
export const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

const extensions: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "application/xml": "xml",
  "application/zip": "zip",
  "image/jpeg": "jpg",
  "image/png": "png",
};

/** Name of a file in the folder: the id says nothing of the person, the original name might. */
export function fileName(id: string, mimeType: string, isEncrypted: boolean): string {
  return `${id}.${extensions[mimeType] ?? "bin"}${isEncrypted ? ".p7m" : ""}`;
}

/** Name of the file with the data. */
export function dataName({ data }: OutboundMessage, isEncrypted: boolean): string {
  return `data.${data.mimeType === "application/xml" ? "xml" : "json"}${isEncrypted ? ".p7m" : ""}`;
}

/** Tells whether two folders hold the same message: encrypting twice gives other bytes of the same contents. */
export function digestOf({ id, data }: OutboundMessage, files: readonly ManifestFile[]): string {
  const contents = files.map(({ name, plainSha256 }) => [name.replace(/\.p7m$/, ""), plainSha256]);
  return sha256(JSON.stringify([id, data.schemaUri, contents]));
}

/** The manifest of a message as text: not encrypted, nothing personal, the same for the same contents. */
export function manifestOf(
  message: OutboundMessage,
  { format }: DropOptions,
  files: readonly ManifestFile[],
  isEncrypted: boolean,
): string {
  const { id, reference, filedOn, data, ars, service, follows } = message;
  const first = messageOf(follows);
  const manifest = {
    version: 1,
    messageId: id,
    reference,
    ...(first === undefined ? {} : { follows: first }),
    filedOn,
    format,
    schemaUri: data.schemaUri,
    mimeType: data.mimeType,
    ars,
    service: service.leika,
    encryption: isEncrypted ? "cms" : "none",
    digest: digestOf(message, files),
    files,
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

const written = z.object({ digest: z.string() });

/** The digest that a manifest names; undefined if it is none. */
export function digestIn(manifest: Uint8Array): string | undefined {
  try {
    return written.safeParse(JSON.parse(Buffer.from(manifest).toString("utf8"))).data?.digest;
  } catch {
    return undefined;
  }
}
