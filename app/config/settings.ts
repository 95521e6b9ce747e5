import type { Authority } from "#app/config/authority.ts";
import { offeredServices } from "#app/config/services.ts";
import type { ExtraQuestion, Settings } from "#flows/engine/facts.ts";

type Texts = { de: string } & Record<string, string>;

/**
 * The authority's switches and questions as the wizard engine takes them, with texts in `language`. A text without
 * translation stays German: the authority wrote it, nobody else may word it. Payload and PDF for the authority use `de`.
 */
export function settingsOf(authority: Authority, language: string): Settings {
  const say = (texts: Texts): string => texts[language] ?? texts.de;
  const extraQuestions = authority.settings.extraQuestions.map(
    ({ id, kind, label, hint, options, optional }): ExtraQuestion => ({
      id,
      kind,
      label: say(label),
      ...(hint && { hint: say(hint) }),
      ...(options && { options: options.map((option) => ({ id: option.id, label: say(option.label) })) }),
      optional,
    }),
  );
  const { extraQuestions: _texts, ...switches } = authority.settings;
  return { services: offeredServices(authority), extraQuestions, ...switches };
}
