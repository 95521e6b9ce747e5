import { page } from "#flows/engine/facts.ts";
import { choice, date, optional, text } from "#flows/engine/fields.ts";
import { notInFuture } from "#flows/steps/rules.ts";

/** Levels of the Common European Framework of Reference for Languages. */
const languageLevels = ["none", "a1", "a2", "b1", "b2", "c1", "c2"] as const;

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
