import { weekdays, type Hours } from "#app/config/parts.ts";

// Monday, 5 January 2026: any week serves to name its days.
const MONDAY = Date.UTC(2026, 0, 5, 12);
const DAY_MS = 86_400_000;

type Formats = { name: Intl.DateTimeFormat; list: Intl.ListFormat };
const formats = new Map<string, Formats>();

/** Formatters cost far more to make than to use, and every page shows hours. */
function formatsOf(language: string): Formats {
  const known = formats.get(language) ?? {
    name: new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" }),
    list: new Intl.ListFormat(language, { style: "short", type: "unit" }),
  };
  formats.set(language, known);
  return known;
}

/** One line of opening hours in words of `language`: days as a list of short names, times as written (Berlin time). */
export function hoursInWords(hours: Hours, language: string): { days: string; from: string; to: string } {
  const { name, list } = formatsOf(language);
  const days = hours.days
    .toSorted((a, b) => weekdays.indexOf(a) - weekdays.indexOf(b))
    .map((day) => name.format(MONDAY + weekdays.indexOf(day) * DAY_MS));
  return { days: list.format(days), from: hours.from, to: hours.to };
}
