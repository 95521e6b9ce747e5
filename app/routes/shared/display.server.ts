import { formatDate, formatEuros } from "#app/i18n/format.ts";
import { optionsOf } from "#app/routes/shared/options.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { Settings } from "#flows/engine/facts.ts";
import type { SummaryRow } from "#flows/engine/summary.ts";

/** A line of the review page. */
export type DisplayRow = { label: string; value: string | string[]; isCode?: boolean };

/** The label of a field: from the locales, or the authority's own words for its own question. */
export function labelOf(name: string, page: Page, settings: Settings): string {
  return settings.extraQuestions.find((question) => question.id === name)?.label ?? page.say(`fields:${name}.label`);
}

function display({ name, field, value }: SummaryRow, page: Page, settings: Settings): string | string[] {
  switch (field.kind) {
    case "choice":
    case "choices":
    case "country":
    case "countries": {
      const question = settings.extraQuestions.find((entry) => entry.id === name);
      const labels = new Map(optionsOf(name, field, page, question).map((option) => [option.value, option.label]));
      const values = Array.isArray(value) ? value : [value];
      return values.map((code) => labels.get(String(code)) ?? String(code));
    }
    case "yesNo":
    case "confirm":
      return page.say(value === true ? "common:field.yes" : "common:field.no");
    case "date":
    case "partialDate":
      return formatDate(String(value), page.language);
    case "money":
      return formatEuros(Number(value), page.language);
    default:
      return String(value);
  }
}

/** An answered question as people read it. */
export function displayRow(row: SummaryRow, page: Page, settings: Settings): DisplayRow {
  const isCode = row.field.kind === "text" && row.field.ltr;
  return {
    label: labelOf(row.name, page, settings),
    value: display(row, page, settings),
    ...(isCode ? { isCode } : {}),
  };
}
