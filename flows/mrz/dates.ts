import { earliest, isIsoDate, isPartialDate, type IsoDate, type PartialDate } from "#flows/engine/dates.ts";

/** A date that cannot be read. */
export type Unreadable = "unreadable";

const two = (number: number): string => String(number).padStart(2, "0");

/** Year, month and day of six signs; a part that is not known (`<<`, for month and day also `00`) is undefined. */
function partsOf(signs: string): readonly (string | undefined)[] | undefined {
  const parts = [signs.slice(0, 2), signs.slice(2, 4), signs.slice(4, 6)];
  if (!parts.every((part) => /^(\d\d|<<)$/.test(part))) return undefined;
  return parts.map((part, index) => (part === "<<" || (index > 0 && part === "00") ? undefined : part));
}

/**
 * A birth date as far as it is known. The zone has two digits of the year: the last such year counts in which the birth
 * does not lie after `today`. `000000` is a date of which nothing is known, as some states write it.
 */
export function birthOf(signs: string, today: IsoDate): PartialDate | undefined | Unreadable {
  const parts = partsOf(signs);
  if (!parts) return "unreadable";
  const [year, month, day] = parts;
  if (year === undefined || (year === "00" && month === undefined)) return undefined;
  const rest = month === undefined ? "" : day === undefined ? `-${month}` : `-${month}-${day}`;
  const century = Number(today.slice(0, 2));
  const dates = [century, century - 1].map((hundred) => `${two(hundred)}${year}${rest}`);
  return dates.find((date) => isPartialDate(date) && earliest(date) <= today) ?? "unreadable";
}

/** The end of validity: the year with these digits that lies nearest to `today`; undefined if the document has no end. */
export function expiryOf(signs: string, today: IsoDate): IsoDate | undefined | Unreadable {
  if (signs === "<<<<<<") return undefined;
  const [year, month, day] = partsOf(signs) ?? [];
  if (year === undefined || month === undefined || day === undefined) return "unreadable";
  const from = Number(today.slice(0, 4)) - 50;
  const full = from + ((((Number(year) - from) % 100) + 100) % 100);
  const date = `${full}-${month}-${day}`;
  return isIsoDate(date) ? date : "unreadable";
}
