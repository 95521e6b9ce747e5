import type { TitleKind } from "#flows/law/situation.ts";

const limited: readonly TitleKind[] = [
  "schengenVisa",
  "nationalVisa",
  "residencePermit",
  "blueCard",
  "ictCard",
  "fiktion",
  "gestattung",
  "duldung",
  "otherEuTitle",
];

/** True for papers that end on a date. */
export function isLimitedTitle(kind: TitleKind | undefined): boolean {
  return kind !== undefined && limited.includes(kind);
}

/** True for a visa, whose sticker has other data than a card. */
export function isVisa(kind: TitleKind | undefined): boolean {
  return kind === "nationalVisa" || kind === "schengenVisa";
}

/** True for a card or paper issued in Germany. */
export function isGermanPaper(kind: TitleKind | undefined): boolean {
  return kind !== undefined && kind !== "none" && kind !== "noStatus" && kind !== "otherEuTitle" && !isVisa(kind);
}
