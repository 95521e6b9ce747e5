import { addMonths, earliest, latest, youngestAge, type IsoDate, type PartialDate } from "#flows/engine/dates.ts";
import type { Facts, Problems } from "#flows/engine/facts.ts";

/** Dates of one page by field; of a partial date every day counts that it can mean. */
type Dates = Readonly<Record<string, PartialDate | undefined>>;

/** A date that another page asked, as far as it was answered. */
export function dateOf(facts: Facts, field: string): PartialDate | undefined {
  const value = facts.answers[field];
  return typeof value === "string" ? value : undefined;
}

/** True if `date` lies before `other` whatever the unknown parts of both are. */
export function isSurelyBefore(date: PartialDate, other: PartialDate): boolean {
  return latest(date) < earliest(other);
}

function problemsOf(dates: Dates, code: string, isWrong: (date: PartialDate) => boolean): Problems {
  return Object.fromEntries(
    Object.entries(dates).flatMap(([field, date]) => (date !== undefined && isWrong(date) ? [[field, code]] : [])),
  );
}

/** A birth date lies in the past and not more than 125 years ago (domain 2.1). */
export function isGivenBirthPossible(birth: PartialDate | undefined, today: IsoDate, field = "dateOfBirth"): Problems {
  if (birth === undefined) return {};
  if (earliest(birth) > today) return { [field]: "dateInFuture" };
  return youngestAge(birth, today) > 125 ? { [field]: "agePossible" } : {};
}

/** Under 18 whatever the unknown parts of the birth date are: such a person is represented (§ 80 AufenthG). */
export function isSurelyMinor(birth: PartialDate | undefined, today: IsoDate): boolean {
  return birth !== undefined && addMonths(earliest(birth), 18 * 12) > today;
}

/** The named dates must not lie after today. */
export function notInFuture(dates: Dates, today: IsoDate): Problems {
  return problemsOf(dates, "dateInFuture", (date) => isSurelyBefore(today, date));
}

/** The named dates must not lie before today. */
export function notInPast(dates: Dates, today: IsoDate): Problems {
  return problemsOf(dates, "dateInPast", (date) => isSurelyBefore(date, today));
}

/** The named dates must not lie before a day, e.g. that of birth, if it is known. */
export function notBefore(limit: PartialDate | undefined, dates: Dates): Problems {
  return limit === undefined ? {} : problemsOf(dates, "dateOrder", (date) => isSurelyBefore(date, limit));
}

/** The named dates must not lie after a day, e.g. the end of a visa, if it is known. */
export function notAfter(limit: PartialDate | undefined, dates: Dates): Problems {
  return limit === undefined ? {} : problemsOf(dates, "dateOrder", (date) => isSurelyBefore(limit, date));
}

/** `later` must lie after `earlier`, if both are known. */
export function inOrder(earlier: IsoDate | undefined, later: IsoDate | undefined, field: string): Problems {
  return earlier !== undefined && later !== undefined && later <= earlier ? { [field]: "dateOrder" } : {};
}

/** Either the date is given or the box ticked that says why there is none; not both. */
export function dateOrTick(date: PartialDate | undefined, isTicked: boolean | undefined, field: string): Problems {
  if (date === undefined) return isTicked ? {} : { [field]: "required" };
  return isTicked ? { [field]: "dateOrTick" } : {};
}
