/** The service's own PDFs are far smaller; a longer file would only fill the memory of a phone. */
const MAX_BYTES = 20_000_000;

/** What is posted of a chosen file: its SHA-256 in hex, nothing if there is none or it cannot be read. */
export async function hashOfFile(file: Blob | undefined): Promise<Record<string, string>> {
  if (!file) return {};
  if (file.size > MAX_BYTES) return { tooLarge: "yes" };
  try {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return { sha256: [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
  } catch {
    return {};
  }
}
