import { addMonths, earliest, youngestAge, type IsoDate, type PartialDate } from "#flows/engine/dates.ts";
import type { Problems } from "#flows/engine/facts.ts";

/** A birth date lies in the past and not more than 125 years ago (domain 2.1). */
export function isGivenBirthPossible(birth: PartialDate | undefined, today: IsoDate, field = "dateOfBirth"): Problems {
  if (birth === undefined) return {};
  if (earliest(birth) > today) return { [field]: "dateInFuture" };
  return youngestAge(birth, today) > 125 ? { [field]: "date" } : {};
}

/** Under 18 whatever the unknown parts of the birth date are: such a person is represented (§ 80 AufenthG). */
export function isSurelyMinor(birth: PartialDate | undefined, today: IsoDate): boolean {
  return birth !== undefined && addMonths(earliest(birth), 18 * 12) > today;
}

/** The named dates must not lie after today. */
export function notInFuture(dates: Readonly<Record<string, IsoDate | undefined>>, today: IsoDate): Problems {
  return Object.fromEntries(
    Object.entries(dates).flatMap(([field, date]) =>
      date !== undefined && date > today ? [[field, "dateInFuture"]] : [],
    ),
  );
}

/** `later` must lie after `earlier`, if both are known. */
export function inOrder(earlier: IsoDate | undefined, later: IsoDate | undefined, field: string): Problems {
  return earlier !== undefined && later !== undefined && later <= earlier ? { [field]: "dateOrder" } : {};
}
