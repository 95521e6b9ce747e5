import { isLanguage, leadingLanguage, type Language } from "#locales/languages.ts";

/** The best language of the service for an `Accept-Language` header (RFC 9110, 12.5.4); German if none fits. */
export function chooseLanguage(acceptLanguage: string | null | undefined): Language {
  const wishes = (acceptLanguage ?? "").split(",").map((part) => {
    const [range = "", ...parameters] = part.split(";");
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/i.exec(parameter)?.[1]).find(Boolean);
    return { language: range.trim().split("-")[0]?.toLowerCase(), weight: weight === undefined ? 1 : Number(weight) };
  });
  const best = wishes.filter((wish) => wish.weight > 0).toSorted((a, b) => b.weight - a.weight);
  return best.map((wish) => wish.language).find(isLanguage) ?? leadingLanguage;
}
