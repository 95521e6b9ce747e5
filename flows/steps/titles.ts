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

/** True for requests of a title with a purpose: first one, extension, change. */
export function isForPurpose(request: string | undefined): boolean {
  return request === "first" || request === "extension" || request === "change";
}

/** True if the present paper alone says where such a request leads: to its own extension, or to what is said about it. */
export function isToldByPaper(kind: TitleKind | undefined, request: string | undefined): boolean {
  if (!isForPurpose(request)) return false;
  if (kind === "duldung" || kind === "gestattung") return request === "extension";
  return kind === "fiktion" || kind === "settlementPermit" || kind === "euLongTerm";
}

/** True for a visa, whose sticker has other data than a card. */
export function isVisa(kind: TitleKind | undefined): boolean {
  return kind === "nationalVisa" || kind === "schengenVisa";
}

/** True for a card or paper issued in Germany. */
export function isGermanPaper(kind: TitleKind | undefined): boolean {
  return kind !== undefined && kind !== "none" && kind !== "noStatus" && kind !== "otherEuTitle" && !isVisa(kind);
}
