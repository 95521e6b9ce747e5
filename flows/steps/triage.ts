import { page } from "#flows/engine/facts.ts";
import { choice, choices, countries, country, date, text, yesNo } from "#flows/engine/fields.ts";
import { requestKinds, titleKinds } from "#flows/law/situation.ts";

/** German postcode, § 5 digits. */
export const postalCodeField = text({
  max: 5,
  width: "4",
  ltr: true,
  inputMode: "numeric",
  autoComplete: "postal-code",
  pattern: { test: /^\d{5}$/, error: "postalCode" },
});

/** T1: where the person lives decides which authority is competent (§ 71 AufenthG, § 3 VwVfG). */
export const place = page("start", {
  postalCode: postalCodeField,
  place: text({ max: 80, latin: true, autoComplete: "address-level2" }),
});

/** T2: for whom; minors are represented (§ 80 AufenthG). */
export const applicant = page("start", { applicantIs: choice(["self", "child", "ward", "other"]) });

/** T3: all nationalities, that of the passport first. */
export const nationality = page("start", { nationalities: countries(3) });

/** T4: Ukraine, temporary protection (§ 24 AufenthG). */
export const ukraine = page("start", { fledUkraine: yesNo() });

/** T5: family of EU or EEA citizens has free movement (FreizügG/EU), family of Germans has not. */
export const euFamily = page("start", { familyOf: choice(["none", "euCitizen", "german"]) });

/** T6: what the person holds now; decides the effect of the application (§ 81 AufenthG). */
export const currentTitle = page("start", { currentTitleType: choice(titleKinds) });

/** T7: until when it is valid; drives every deadline. */
export const titleValidity = page("start", { titleValidUntil: date() });

/** T8: what the person wants. */
export const request = page("start", { request: choice(requestKinds) });

/** T9: for what the person wants to stay. */
export const purpose = page("start", { purpose: choice(["work", "study", "family", "protection", "other"]) });

/** T9 in detail: kind of work, as the titles of AufenthG chapter 2 section 4 divide it. */
export const workPurpose = page("start", {
  workGoal: choice(["blueCard", "academic", "vocational", "research", "jobSearch", "selfEmployed", "otherWork"]),
});

/** T9 in detail: kind of training, as section 3 of the chapter divides it. */
export const studyPurpose = page("start", {
  studyGoal: choice(["degree", "training", "languageCourse", "recognitionMeasure", "otherStudy"]),
});

/** T10: passport, name, address or card changed, lost or stolen. */
export const changes = page("start", {
  documentChanges: choices(["none", "passport", "name", "address", "card", "lost"]),
});

/** State of the other title, asked only of holders of a title of another EU state. */
export const otherState = page("start", { otherTitleState: country() });
