import type { IsoDate } from "#flows/engine/dates.ts";

// Formats as YYYY-MM-DD parts; building the formatter is slow, so it is built once.
const berlin = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Berlin",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The present moment, for time stamps; never moved by `CLOCK`. */
export function now(): Date {
  return new Date();
}

/** The calendar date in Europe/Berlin at `moment`; a `clock` of the demo environment comes first. */
export function today(env: { clock: IsoDate | undefined }, moment: Date = now()): IsoDate {
  if (env.clock !== undefined) return env.clock;
  const parts = Object.fromEntries(berlin.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${parts["year"]}-${parts["month"]}-${parts["day"]}`;
}
