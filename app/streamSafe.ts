/** As many marks on one letter as any writing has, and more (UAX 15, stream-safe text). */
const MARKS = /(\p{M}{30})\p{M}+/gu;

/**
 * A text from outside that can be normalised (NFC, NFKD) in a time that grows with its length: of an endless row of marks on one
 * letter, which no writing has, the first thirty stay. Otherwise a form of half a megabyte keeps the process busy for minutes.
 */
export function streamSafe(text: string): string {
  return text.replace(MARKS, "$1");
}
