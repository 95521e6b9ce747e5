import { countryName } from "#app/i18n/format.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { iso2Of, nationalityCode, nationalityIds, stateCode, stateIds } from "#flows/delivery/codes.ts";
import type { ExtraQuestion } from "#flows/engine/facts.ts";
import type { CountryField, Field } from "#flows/engine/fields.ts";
import type { Language } from "#locales/languages.ts";

/** An answer with its words. */
export type Option = { value: string; label: string };

const lists = new Map<string, Option[]>();

/** States or nationalities by name in a language, sorted as that language sorts; made once. */
function countryOptions(list: CountryField["list"], { language, say }: Page): Option[] {
  const key = `${list} ${language}`;
  const known = lists.get(key);
  if (known) return known;
  const ids = list === "nationalities" ? nationalityIds() : stateIds({ historic: list === "birthStates" });
  const german = (id: string) => (list === "nationalities" ? nationalityCode(id) : stateCode(id))?.text ?? id;
  const named = ids.map((value) => ({ value, label: nameOf(value, language, say) ?? german(value) }));
  const sorted = named.toSorted((a, b) => a.label.localeCompare(b.label, language));
  lists.set(key, sorted);
  return sorted;
}

/** The name of a state in a language; undefined where the language has none. */
export function nameOf(iso3: string, language: Language, say: Page["say"]): string | undefined {
  if (iso3 === "XXA" || iso3 === "XXX") return say(`common:country.${iso3}`);
  return countryName(iso3, language, iso2Of());
}

/** The answers to choose from, in the language of the page. */
export function optionsOf(name: string, field: Field, page: Page, question?: ExtraQuestion): Option[] {
  if (question) return (question.options ?? []).map(({ id, label }) => ({ value: id, label }));
  if (field.kind === "country" || field.kind === "countries") return countryOptions(field.list, page);
  if (field.kind !== "choice" && field.kind !== "choices") return [];
  return field.options.map((value) => ({ value, label: page.say(`fields:${name}.options.${value}`) }));
}
