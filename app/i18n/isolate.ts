import type { PostProcessorModule } from "i18next";

const section = String.raw`§{1,2}[\u00a0 ]\d+[a-z]*(?:[\u00a0 ](?:Abs\.|Nr\.|Satz|S\.|Buchst\.)[\u00a0 ]?\d*[a-z]*)*(?:[\u00a0 ](?:Aufenth[GV]|AsylG|AZRG|BeschV|OZG|BGB|BMG|DDG|TDDDG|BGG|BITV|BbgBGG|FreizügG/EU|VwVfG|SGB[\u00a0 ][IVX]+))?`;
const article = String.raw`Art\.[\u00a0 ]\d+(?:[\u00a0 ](?:Abs\.|Nr\.)[\u00a0 ]?\d+|[\u00a0 ][a-z]\b)*(?:[\u00a0 ]DSGVO)?`;
const phone = String.raw`\+\d[\d\u00a0 ]{4,}\d`;
const address = String.raw`https?://[^\s،؟)]+|[\w.-]+@[\w-]+(?:\.[\w-]+)+`;
const ISOLATES = "\u2066\u2068";
// With an isolate that stands before it, rather than by a look-behind: Safari before 16.4 cannot read those.
const leftToRight = new RegExp(`[${ISOLATES}]?(?:${[section, article, phone, address].join("|")})`, "g");

/**
 * Puts Unicode isolates (UAX 9, 2.4) around what stays left to right inside a sentence from right to left: references to
 * German law, phone numbers, addresses. Without them "§ 81 Abs. 4 AufenthG" falls apart. A value that was isolated before it
 * came into the sentence stays as it is.
 */
export function isolateLeftToRight(text: string): string {
  return text.replace(leftToRight, (part) => (ISOLATES.includes(part.charAt(0)) ? part : `\u2066${part}\u2069`));
}

/** i18next plug-in that isolates in every text; used for languages written from right to left. */
export const isolation: PostProcessorModule = {
  type: "postProcessor",
  name: "isolate",
  process: (text: string) => isolateLeftToRight(text),
};
