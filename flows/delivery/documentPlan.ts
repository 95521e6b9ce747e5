import type { Placing } from "#flows/delivery/standard.ts";

/** Documents that together are no larger stand in the message itself, in bytes. */
const INLINE_BYTES = 2_000_000;
/** What one message holds of documents at most, in bytes; with base64 it stays below the 25 MB that are read as one. */
export const MOST_INLINE_BYTES = 18_000_000;
/** No package of several documents is larger, in bytes; a single document may be. */
const PACKAGE_BYTES = 8_000_000;

/** What the plan has to know of a document; `size` in bytes as it is sent, before base64. */
type Sized = { code: string; size: number };

/** Where the documents of a message go: into it, or after it in packages of whole documents. */
export type DocumentPlan<Document> = {
  inline: readonly Document[];
  packages: readonly (readonly Document[])[];
};

const sizeOf = (documents: readonly Sized[]): number => documents.reduce((sum, { size }) => sum + size, 0);

/**
 * Decides what stands in the message and what follows it. Every document stands in exactly one place, in its order. What should
 * stand in the message and has no room there follows: a passport that was scanned large must not hold up the application.
 */
export function planDocuments<Document extends Sized>(
  documents: readonly Document[],
  { allInline, inlineCodes }: Placing,
): DocumentPlan<Document> {
  if (allInline || sizeOf(documents) <= INLINE_BYTES) return { inline: documents, packages: [] };
  const inline: Document[] = [];
  for (const document of documents) {
    const isOver = sizeOf(inline) + document.size > MOST_INLINE_BYTES;
    if (inlineCodes.has(document.code) && !isOver) inline.push(document);
  }
  return { inline, packages: packed(documents.filter((document) => !inline.includes(document))) };
}

function packed<Document extends Sized>(documents: readonly Document[]): Document[][] {
  const packages: Document[][] = [];
  for (const document of documents) {
    const last = packages.at(-1);
    if (last && sizeOf(last) + document.size <= PACKAGE_BYTES) last.push(document);
    else packages.push([document]);
  }
  return packages;
}
