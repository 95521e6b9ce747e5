import type { IsoDate, PartialDate } from "#flows/engine/dates.ts";
import type { Language } from "#locales/languages.ts";

/** Western digits everywhere: people compare what they read with German papers. */
const LOCALES: Readonly<Record<Language, string>> = {
  de: "de-DE",
  en: "en-GB",
  uk: "uk-UA",
  ru: "ru-RU",
  ar: "ar-EG-u-nu-latn",
};

/** Formatters cost far more to make than to use, and there are few kinds of them: each is made once. */
function kept<Options extends object, Made>(make: (locale: string, options: Options) => Made) {
  const made = new Map<string, Made>();
  return (locale: string, options: Options): Made => {
    const key = locale + JSON.stringify(options);
    const found = made.get(key) ?? make(locale, options);
    made.set(key, found);
    return found;
  };
}

const dates = kept((locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
const numbers = kept((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
const names = kept((locale, options: Intl.DisplayNamesOptions) => new Intl.DisplayNames(locale, options));

/** Marks of direction that Intl puts into Arabic text; the page isolates such texts itself. */
const DIRECTION_MARKS = /[\u200e\u200f\u061c]/g;
const NO_BREAK_SPACE = "\u00a0";

/**
 * A date as people read it: `31.12.2026` as on German papers, in English with the month in words. A date with unknown
 * day or month gives what is known.
 */
export function formatDate(date: PartialDate, language: Language): string {
  const [year = "", month, day] = date.split("-");
  if (language !== "en" || !month) return [day, month, year].filter(Boolean).join(".");
  const format = dates(LOCALES.en, {
    day: day ? "numeric" : undefined,
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return format.format(new Date(`${year}-${month}-${day ?? "01"}T00:00:00Z`));
}

/** The date with its weekday, as deadlines need it: `Mittwoch, 23.12.2026`. */
export function formatDateWithWeekday(date: IsoDate, language: Language): string {
  const weekday = dates(LOCALES[language], { weekday: "long", timeZone: "UTC" });
  const comma = language === "ar" ? "،" : ",";
  return `${weekday.format(new Date(`${date}T00:00:00Z`))}${comma} ${formatDate(date, language)}`;
}

/** The time of an instant in Berlin, 24 hours: `14:32`. */
export function formatTime(instant: Date, seconds = false): string {
  const format = { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" } as const;
  return dates("de-DE", seconds ? { ...format, second: "2-digit" } : format).format(instant);
}

/** The calendar date of an instant in Berlin. */
export function berlinDate(instant: Date): IsoDate {
  return dates("en-CA", { timeZone: "Europe/Berlin" }).format(instant);
}

/** An amount given in cents: `100 €`, `46,50 €`. */
export function formatEuros(cents: number, language: Language): string {
  const digits = cents % 100 === 0 ? 0 : 2;
  const style = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${numbers(LOCALES[language], style).format(cents / 100)}${NO_BREAK_SPACE}€`.replace(DIRECTION_MARKS, "");
}

const UNITS: Readonly<Record<Language, readonly [string, string]>> = {
  de: ["kB", "MB"],
  en: ["kB", "MB"],
  uk: ["кБ", "МБ"],
  ru: ["кБ", "МБ"],
  ar: ["كيلوبايت", "ميغابايت"],
};

/** The size of a file: `340 kB`, `1,2 MB`; decimal units, never 0. */
export function formatBytes(bytes: number, language: Language): string {
  const [kilo, mega] = UNITS[language];
  const isLarge = bytes >= 999_500;
  const value = isLarge ? bytes / 1_000_000 : Math.max(1, bytes / 1000);
  const number = numbers(LOCALES[language], { maximumFractionDigits: isLarge ? 1 : 0 }).format(value);
  return `${number}${NO_BREAK_SPACE}${isLarge ? mega : kilo}`.replace(DIRECTION_MARKS, "");
}

/**
 * The name of a state in a language, by its ISO 3166-1 alpha-3 code.
 * @param alpha2 the two-letter codes by three-letter code, from the reference data
 * @returns undefined for codes that are no state (`XXA` stateless, `XXX` unclear), which have words of their own
 */
export function countryName(
  alpha3: string,
  language: Language,
  alpha2: Readonly<Record<string, string>>,
): string | undefined {
  const code = alpha2[alpha3];
  return code && names(LOCALES[language], { type: "region", fallback: "none" }).of(code);
}
