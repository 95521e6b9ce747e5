/** A calendar date `YYYY-MM-DD` in Europe/Berlin. */
export type IsoDate = string;
/** A date of which only year or year and month may be known: `1990`, `1990-05`, `1990-05-17`. */
export type PartialDate = string;

const DAY_MS = 86_400_000;

function utc(date: IsoDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** True for a date of the years 1000 to 2999 that exists in the calendar, written `YYYY-MM-DD`. */
export function isIsoDate(text: string): boolean {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const time = utc(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** True for `YYYY`, `YYYY-MM` or an existing `YYYY-MM-DD` of the years 1000 to 2999. */
export function isPartialDate(text: string): boolean {
  return /^[12]\d{3}$/.test(text) || /^[12]\d{3}-(0[1-9]|1[0-2])$/.test(text) || isIsoDate(text);
}

/** Whole days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((utc(to) - utc(from)) / DAY_MS);
}

/** The date `days` days after `date`. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(utc(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The date `months` calendar months later; the 31st becomes the last day of a shorter month (§ 188 BGB). */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** The earliest day that a partial date can mean. */
export function earliest(date: PartialDate): IsoDate {
  return date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date;
}

/** The latest day that a partial date can mean. */
export function latest(date: PartialDate): IsoDate {
  if (date.length === 4) return `${date}-12-31`;
  return date.length === 7 ? addDays(addMonths(`${date}-01`, 1), -1) : date;
}

/** Full years between a birth date and `today`; a partial date counts as born as late as it can mean. */
export function youngestAge(birth: PartialDate, today: IsoDate): number {
  const born = latest(birth);
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) < born.slice(5) ? years - 1 : years;
}
