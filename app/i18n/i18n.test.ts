import { describe, expect, test } from "vitest";
import { languages } from "#locales/languages.ts";
import { chooseLanguage } from "#app/i18n/chooseLanguage.ts";
import { completed } from "#app/i18n/completeLocales.ts";
import {
  berlinDate,
  countryName,
  formatBytes,
  formatDate,
  formatDateWithWeekday,
  formatEuros,
  formatTime,
} from "#app/i18n/format.ts";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { ready } from "#app/i18n/instance.ts";

describe("the words", () => {
  test.each(languages.map(({ code }) => code))("%s: are there at once and in full sentences", (code) => {
    const i18n = serverI18n(code);
    expect(i18n.language).toBe(code);
    expect(i18n.t("actions.save")).not.toBe("actions.save");
  });

  test("German stands in for a word that a translation lacks", () => {
    const i18n = ready("uk", { de: { common: { product: "Aufenthalt Online" } }, uk: { common: {} } });
    expect(i18n.t("product")).toBe("Aufenthalt Online");
  });

  test("the build fills gaps of a translation at every depth and keeps what is translated", () => {
    const german = { a: "eins", b: { c: "zwei", d: "drei" } };
    expect(completed(german, { b: { c: "два" } })).toEqual({ a: "eins", b: { c: "два", d: "drei" } });
  });
});

describe("the language of the browser", () => {
  test.each([
    ["uk-UA,uk;q=0.9,en;q=0.8", "uk"],
    ["fr,ar;q=0.5,en;q=0.7", "en"],
    ["AR", "ar"],
    ["en;q=0,ru;q=0.1", "ru"],
    ["fr, *;q=0.5", "de"],
    ["", "de"],
    [null, "de"],
    ["en; q=abc", "en"],
  ])("%s leads to %s", (header, language) => {
    expect(chooseLanguage(header)).toBe(language);
  });
});

describe("formats", () => {
  const noon = new Date("2026-07-01T12:05:09Z");

  test("dates look as on German papers; English writes the month in words", () => {
    expect(formatDate("2026-12-31", "de")).toBe("31.12.2026");
    expect(formatDate("2026-12-31", "ar")).toBe("31.12.2026");
    expect(formatDate("2026-12-31", "en")).toBe("31 December 2026");
  });

  test("a date with unknown parts shows what is known", () => {
    expect(formatDate("1990", "de")).toBe("1990");
    expect(formatDate("1990-05", "uk")).toBe("05.1990");
    expect(formatDate("1990-05", "en")).toBe("May 1990");
  });

  test("a deadline names its weekday", () => {
    expect(formatDateWithWeekday("2026-12-23", "de")).toBe("Mittwoch, 23.12.2026");
    expect(formatDateWithWeekday("2026-12-23", "ar")).toBe("الأربعاء، 23.12.2026");
  });

  test("times and days are those of Berlin", () => {
    expect(formatTime(noon)).toBe("14:05");
    expect(formatTime(noon, true)).toBe("14:05:09");
    expect(berlinDate(new Date("2026-12-31T23:30:00Z"))).toBe("2027-01-01");
  });

  test("money has no cents unless there are some, and never breaks before the sign", () => {
    expect(formatEuros(10_000, "de")).toBe("100\u00a0€");
    expect(formatEuros(5_800_000, "de")).toBe("58.000\u00a0€");
    expect(formatEuros(4650, "de")).toBe("46,50\u00a0€");
  });

  test("sizes are rounded to what a person compares", () => {
    expect(formatBytes(1_234_567, "de")).toBe("1,2\u00a0MB");
    expect(formatBytes(340_400, "de")).toBe("340\u00a0kB");
    expect(formatBytes(12, "de")).toBe("1\u00a0kB");
    expect(formatBytes(999_900, "de")).toBe("1\u00a0MB");
  });

  test.each(languages.map(({ code }) => code))("%s: digits are Western and carry no marks of direction", (code) => {
    const all = [formatDate("2026-12-31", code), formatEuros(123_456_78, code), formatBytes(8_400_000, code)].join(" ");
    expect(all).toMatch(/\d/);
    expect(all).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9\u200e\u200f\u061c]/);
  });

  test("states have the names of the language; what is no state has none", () => {
    const alpha2 = { IND: "IN", SYR: "SY" };
    expect(countryName("IND", "de", alpha2)).toBe("Indien");
    expect(countryName("SYR", "uk", alpha2)).toBe("Сирія");
    expect(countryName("XXA", "de", alpha2)).toBeUndefined();
  });
});
