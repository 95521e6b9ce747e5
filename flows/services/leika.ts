/**
 * 14-digit keys of the LeiKa catalogue. Only that of the Blue Card was seen for exactly its service; the catalogue itself
 * was not read. The key for work is that of the grant for work, which has no entry of its own for each paragraph; the
 * general one names the grant of a residence permit without its purpose. An authority's destination must offer the same.
 */
export const leika = {
  blueCard: "99010038001000",
  work: "99010020001023",
  residencePermit: "99010020001000",
} as const;
