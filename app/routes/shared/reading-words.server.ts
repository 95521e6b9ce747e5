import type { FiledText, PdfWords } from "#app/pdf/application.server.ts";
import { nameOf } from "#app/routes/shared/options.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import {
  languageCode,
  maritalStatusCode,
  nationalityCode,
  nationalityIds,
  sexCode,
  stateCode,
  stateIds,
  type Code,
} from "#flows/delivery/codes.ts";
import { maritalStatuses, sexes } from "#flows/steps/answers.ts";
import { contact } from "#flows/steps/contact.ts";

const keyOf = (list: string, code: string) => `${list} ${code}`;
const byCode = (ids: readonly string[], codeOf: (id: string) => Code | undefined): (readonly [string, string])[] =>
  ids.flatMap((id) => {
    const found = codeOf(id);
    return found ? [[keyOf(found.list, found.code), id] as const] : [];
  });

/** ISO 3166-1 alpha-3 codes, and our own ids of answers, by the codes of official lists that payloads carry. */
const states = new Map([
  ...byCode(stateIds({ historic: true }), stateCode),
  ...byCode(nationalityIds(), nationalityCode),
]);
const answers = new Map([
  ...byCode(maritalStatuses, maritalStatusCode),
  ...byCode(sexes, sexCode),
  ...byCode(contact.fields.preferredLanguage.options, languageCode),
]);

/**
 * Words for a reading help of a filed application in the language of a page. What that language lacks, and what has no
 * translation (an authority's own question), stays German.
 */
export function readingWords(page: Page): PdfWords {
  const say = (key: string, german: string) => (page.has(key) ? page.say(key) : german);
  const optionOf = ({ name, code, list = "", text }: Extract<FiledText, { of: "option" }>) => {
    const key = keyOf(list, code);
    const state = states.get(key);
    if (state !== undefined) return nameOf(state, page.language, page.say) ?? text;
    return say(`fields:${name}.options.${answers.get(key) ?? code}`, text);
  };
  return {
    section: (id) => say(`steps:sections.${id}`, ""),
    group: (id) => say(`steps:${id}.group`, ""),
    field: (name) => say(`fields:${name}.label`, ""),
    option: (name, option) => say(`fields:${name}.options.${option}`, ""),
    evidence: (code) => say(`evidence:${code}.title`, ""),
    declaration: (name) => say(`fields:${name}.label`, ""),
    text: (key) => say(`pages:pdf.${key}`, ""),
    filed: (filed) => {
      if (filed.of === "option") return optionOf(filed);
      const keys = {
        evidence: `evidence:${filed.id}.title`,
        declaration: `fields:${filed.id}.label`,
        service: `services:${filed.id}.title`,
        demo: "pages:pdf.demo",
      };
      return say(keys[filed.of], filed.text);
    },
  };
}
