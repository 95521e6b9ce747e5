import { earliest, youngestAge, type IsoDate, type PartialDate } from "#flows/engine/dates.ts";

/** Where an age lies against a limit; `open` when the birth date is missing or too vague to tell. */
export type AgeBand = "below" | "reached" | "open";

/** Compares an age with a limit in full years, in the worst case for both sides of a partly known birth date. */
export function ageBand(birth: PartialDate | undefined, today: IsoDate, limit: number): AgeBand {
  if (birth === undefined) return "open";
  if (youngestAge(birth, today) >= limit) return "reached";
  return youngestAge(earliest(birth), today) < limit ? "below" : "open";
}
