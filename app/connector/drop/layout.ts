/** Where things lie below the folder of a gateway (docs/drop.md). */
export const OUT = "out";
export const ACKS = "acks";
export const ANSWERS = "answers";
export const REFUSED = "refused";

/** Folders of a message while they are written; only this transport touches them. */
export const temporary = (messageId: string) => `.tmp-${messageId}-`;
