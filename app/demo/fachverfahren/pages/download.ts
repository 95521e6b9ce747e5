import type { AttachmentSummary } from "../record.ts";

// Types that a viewer opens safely; everything else leaves as plain bytes.
const KNOWN_TYPES = new Set(["application/pdf", "image/jpeg", "image/png", "image/tiff", "image/webp", "text/plain"]);

/** File name without path parts, control and direction characters, at most 120 characters. */
export function safeFilename(name: string | undefined): string {
  const cleaned = (name ?? "").replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, "_");
  return cleaned.replace(/^\.+/, "").trim().slice(0, 120) || "anlage";
}

/** Headers with which an attachment is always saved, never shown: its content comes from outside. */
export function downloadHeaders({ filename, mimeType }: AttachmentSummary): Record<string, string> {
  const name = safeFilename(filename);
  const ascii = name.replace(/[^\x20-\x7e]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  return {
    "content-type": KNOWN_TYPES.has(mimeType) ? mimeType : "application/octet-stream",
    "content-disposition": `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`,
    "content-security-policy": "default-src 'none'; sandbox",
  };
}
