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

/** T2: for whom; minors are represented (§ 80 AufenthG), employers and hosts file for themselves (§§ 68, 81a AufenthG). */
export const applicant = page("start", {
  applicantIs: choice(["self", "child", "ward", "other", "employee", "guest"]),
});

/** T3: all nationalities, that of the passport first. */
export const nationality = page("start", { nationalities: countries(3) });

/** T3 in detail: rights of British nationals under the Withdrawal Agreement (§ 16 FreizügG/EU). */
export const withdrawalAgreement = page("start", { livedHereBefore2021: yesNo() });

/** T5: family of EU or EEA citizens has free movement (FreizügG/EU), family of Germans has not. */
export const euFamily = page("start", { familyOf: choice(["none", "euCitizen", "german"]) });

/** T5 in detail: what Union citizens and their families can have in writing (§§ 3a, 5 FreizügG/EU). */
export const freeMovementPurpose = page("start", {
  freeMovementGoal: choice(["familyCard", "closePersonCard", "permanentResidence", "nothing"]),
});

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
  workGoal: choice([
    "blueCard",
    "academic",
    "vocational",
    "research",
    "experienced",
    "listedJob",
    "selfEmployed",
    "jobSearch",
    "opportunityCard",
    "voluntaryService",
    "toleratedWorker",
    "otherWork",
  ]),
});

/** T9 in detail: kind of training, as section 3 of the chapter divides it. */
export const studyPurpose = page("start", {
  studyGoal: choice([
    "degree",
    "training",
    "languageCourse",
    "school",
    "recognitionMeasure",
    "trainingSearch",
    "toleratedTraining",
    "otherStudy",
  ]),
});

/** T9 in detail: family of foreigners, as section 6 of the chapter divides it; family of Germans is told by T5. */
export const familyPurpose = page("start", {
  familyGoal: choice(["spouse", "child", "newborn", "childExtension", "ownRight", "otherRelative", "subsidiaryFamily"]),
});

/** T9 in detail: protection and humanitarian reasons, as section 5 of the chapter divides them. */
export const protectionPurpose = page("start", {
  protectionGoal: choice([
    "recognised",
    "deportationBan",
    "urgentStay",
    "youth",
    "integration",
    "admission",
    "opportunityRight",
    "ukraine",
  ]),
});

/** What may follow the opportunity right of residence: no other title keeps its effect (§ 104c Abs. 3 AufenthG). */
export const opportunityTarget = page("start", { opportunityTarget: choice(["youth", "integration", "otherTitle"]) });

/** T8 in detail: permanent titles by what they build on (domain 1.8). */
export const settlementPurpose = page("start", {
  settlementGoal: choice([
    "general",
    "skilledWorker",
    "blueCard",
    "highlyQualified",
    "spouseOfSkilled",
    "selfEmployed",
    "protection",
    "germanFamily",
    "youth",
    "euLongTerm",
  ]),
});

/** T8 in detail: which condition of the title is to change (domain 1.9). */
export const conditionPurpose = page("start", { conditionGoal: choice(["employment", "residence", "otherCondition"]) });

/** T8 in detail: why a new card is wanted (§ 45c AufenthV). */
export const cardPurpose = page("start", {
  cardGoal: choice(["newPassport", "data", "addressOnly", "expired", "lost", "defect"]),
});

/** T8 in detail: kind of travel document or substitute (§§ 4 to 7 AufenthV, § 48 AufenthG). */
export const documentPurpose = page("start", {
  documentGoal: choice(["refugee", "foreigner", "stateless", "identitySubstitute"]),
});

/** T8 in detail: kind of certificate. */
export const certificatePurpose = page("start", { certificateGoal: choice(["fiktion", "otherCertificate"]) });

/** T10: passport, name, address or card changed, lost or stolen. */
export const changes = page("start", {
  documentChanges: choices(["none", "passport", "name", "address", "card", "lost"]),
});

/** State of the other title, asked only of holders of a title of another EU state. */
export const otherState = page("start", { otherTitleState: country() });
