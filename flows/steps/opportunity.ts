import { page, type Problems } from "#flows/engine/facts.ts";
import { choice, conditional, yesNo } from "#flows/engine/fields.ts";
import { languageLevels } from "#flows/law/languageLevel.ts";
import { languageFields } from "#flows/steps/language.ts";
import { notInFuture } from "#flows/steps/rules.ts";
import { completion } from "#flows/steps/search.ts";

/** Which of the two cards: to search, or to go on with an offer of work (§ 20a Abs. 5 AufenthG). */
export const opportunityKind = page("work", { opportunityCardKind: choice(["search", "followUp"]) });

/** What the present title is for: only studies, training and work open the way here (§ 20a Abs. 4 S. 2 AufenthG). */
export const presentPurpose = page("title", { presentTitlePurpose: choice(["studyOrWork", "other", "unsure"]) });

/** Skilled worker or not, and the qualification (§ 20a Abs. 3 AufenthG). */
export const opportunityQualification = page(
  "work",
  { skilledStatus: choice(["german", "recognised", "none"]), ...completion.fields },
  completion.check,
);

/** German and English, both for the points and as a condition (§ 20a Abs. 4, § 20b Abs. 1 AufenthG). */
export const pointsLanguage = page(
  "language",
  { ...languageFields, englishLevel: choice(languageLevels) },
  ({ languageCertificateDate }, { today }) => notInFuture({ languageCertificateDate }, today),
);

const hasPartner = (status: unknown) => status === "married" || status === "civilPartnership";

/** An earlier stay, and a partner who applies for the same card (§ 20b Abs. 1 AufenthG). */
export const pointsStay = page(
  "stay",
  { lawfulHalfYear: yesNo(), partnerApplies: conditional(yesNo()) },
  ({ partnerApplies }, { answers }): Problems =>
    hasPartner(answers["maritalStatus"]) && partnerApplies === undefined ? { partnerApplies: "required" } : {},
  { partnerApplies: ({ answers }) => hasPartner(answers["maritalStatus"]) },
);
