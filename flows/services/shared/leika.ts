/**
 * 14-digit keys of the LeiKa catalogue. Seen for exactly their service: Blue Card, fast track, electronic residence title,
 * spouse of a foreigner, both cards of free movement; the catalogue itself was not read. The key for work is that of the
 * grant for work, which has no entry of its own for each paragraph; the general one names the grant of a residence permit
 * without its purpose. An authority's destination must offer the same.
 */
export const leika = {
  blueCard: "99010038001000",
  work: "99010020001023",
  residencePermit: "99010020001000",
  spouseOfForeigner: "99010001001021",
  fastTrack: "99010021017000",
  residenceCard: "99010006000000",
  euFamilyCard: "99010009000000",
  euPermanentCard: "99010010000000",
} as const;
