import { page } from "#flows/engine/facts.ts";
import { choice, date, optional, text } from "#flows/engine/fields.ts";
import { languageLevels } from "#flows/law/languageLevel.ts";
import { notInFuture } from "#flows/steps/rules.ts";

/** Level of German and the certificate for it (domain 2.6). */
export const languageFields = {
  germanLevel: choice(languageLevels),
  languageCertificate: optional(text({ max: 80 })),
  languageCertificateDate: optional(date()),
} as const;

/** German of a husband or wife: A1 with exceptions (§ 28 Abs. 1 S. 5, § 30 Abs. 1 AufenthG). */
export const spouseLanguage = page(
  "language",
  { ...languageFields, languageException: choice(["no", "yes", "unsure"]) },
  ({ languageCertificateDate }, { today }) => notInFuture({ languageCertificateDate }, today),
);

/** German where no exception is asked for: older children (§§ 32, 34 AufenthG) and people who settled in (§ 25b AufenthG). */
export const germanKnowledge = page("language", languageFields, ({ languageCertificateDate }, { today }) =>
  notInFuture({ languageCertificateDate }, today),
);
