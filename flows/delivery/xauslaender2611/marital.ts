import type { PayloadAnswers } from "#flows/delivery/answers.ts";
import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";

/** Codes of the list "familienstand", version 2. */
const UNKNOWN = "NB";
const paired = ["VH", "LP"];

/** Marital status; `since` is the date that the status, or living apart, began. */
export type Marital = { status: string; isApart: boolean; since: string | undefined };

/**
 * Marital status with living apart, which may be told as such or follow from the end of a shared life (§ 31 AufenthG). The
 * family of Germans is asked for the wedding instead of the date of the status.
 */
export function maritalOf(notes: Notes, answers: PayloadAnswers): Marital {
  const status = answers.code("maritalStatus")?.code ?? UNKNOWN;
  const isPaired = paired.includes(status);
  const isApart = answers.isYes("separated") || (isPaired && answers.code("ownRightCause")?.code === "separation");
  const dates = isApart
    ? ["separatedSince", "sharedLifeTo"]
    : ["maritalStatusSince", ...(isPaired ? ["marriageDate"] : [])];
  const field = dates.find((name) => answers.text(name) !== undefined);
  if (field === undefined) return { status, isApart, since: undefined };
  notes.placed(field);
  return { status, isApart, since: answers.text(field) };
}
