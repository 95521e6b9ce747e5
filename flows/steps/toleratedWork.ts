import { page } from "#flows/engine/facts.ts";
import { choice, date } from "#flows/engine/fields.ts";
import { toleratedWays } from "#flows/law/situations/work.ts";
import { languageFields } from "#flows/steps/language.ts";
import { notInFuture } from "#flows/steps/rules.ts";

/** Since when the stay is tolerated, and whether the authority knows who the person is (§ 19d AufenthG). */
export const toleratedSince = page(
  "title",
  { toleratedSince: date(), identityClarified: choice(["yes", "no", "unsure"]) },
  (answers, { today }) => notInFuture({ toleratedSince: answers.toleratedSince }, today),
);

/** What the title builds on; each way has its own letter in § 19d Abs. 1 Nr. 1 AufenthG. */
export const toleratedQualification = page("work", { toleratedWay: choice(toleratedWays) });

/** German for work: B1 as a rule (§ 19d Abs. 1 Nr. 3 AufenthG). */
export const workLanguage = page("language", languageFields, ({ languageCertificateDate }, { today }) =>
  notInFuture({ languageCertificateDate }, today),
);
