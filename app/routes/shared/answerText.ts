/** Characters of an answer; more belongs into a file. */
export const MOST_TEXT = 4_000;
