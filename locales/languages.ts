/** Languages of the service in the order of the switch: BCP 47 tag, own name, direction of writing. */
export const languages = [
  { code: "de", name: "Deutsch", dir: "ltr" },
  { code: "en", name: "English", dir: "ltr" },
  { code: "uk", name: "Українська", dir: "ltr" },
  { code: "ru", name: "Русский", dir: "ltr" },
  { code: "ar", name: "العربية", dir: "rtl" },
] as const;

export type Language = (typeof languages)[number]["code"];

/** German leads: it is the language of the procedure (§ 23 VwVfG) and the one that fills gaps of a translation. */
export const leadingLanguage = "de" satisfies Language;

/** True for the tag of a language that the service speaks. */
export function isLanguage(code: string | undefined): code is Language {
  return languages.some((language) => language.code === code);
}

/** Direction of writing, for `<html dir>`. */
export function directionOf(code: Language): "ltr" | "rtl" {
  return languages.find((language) => language.code === code)?.dir ?? "ltr";
}
