import { page } from "#flows/engine/facts.ts";
import { choice, conditional, confirm, country, date, optional, text } from "#flows/engine/fields.ts";
import { documentNumberField } from "#flows/steps/fields.ts";
import { dateOf, dateOrTick, inOrder, notAfter, notBefore, notInFuture } from "#flows/steps/rules.ts";

/** Which identity paper there is (§ 3 AufenthG). */
export const passport = page("passport", {
  docType: choice(["passport", "officialPassport", "travelDocument", "otherSubstitute", "idCard", "none"]),
});

/** Data page of the document. One that has ended may be given all the same: the authority decides what follows. */
export const passportDetails = page(
  "passport",
  {
    number: documentNumberField(),
    issuingState: country(),
    issuedBy: optional(text({ max: 80, latin: true })),
    issuedOn: date(),
    validUntil: conditional(date()),
    unlimited: conditional(confirm()),
  },
  (answers, facts) => {
    const nationalities = facts.answers["nationalities"];
    const foreign =
      facts.answers["docType"] === "passport" &&
      Array.isArray(nationalities) &&
      answers.issuingState !== undefined &&
      !nationalities.includes(answers.issuingState);
    return {
      ...(foreign ? { issuingState: "passportNationality" } : {}),
      ...notInFuture({ issuedOn: answers.issuedOn }, facts.today),
      ...notBefore(dateOf(facts, "dateOfBirth"), { issuedOn: answers.issuedOn }),
      ...dateOrTick(answers.validUntil, answers.unlimited, "validUntil"),
      ...inOrder(answers.issuedOn, answers.validUntil, "validUntil"),
    };
  },
);

/** Why there is no passport. */
export const noPassport = page("passport", {
  noPassportReason: choice(["applied", "lost", "refused", "impossible", "otherReason"]),
  noPassportDetails: optional(text({ max: 500, rows: 4 })),
});

/** The sticker in the passport. */
export const visa = page(
  "title",
  {
    visaNumber: documentNumberField(),
    visaIssuedAt: optional(text({ max: 80, latin: true })),
    visaValidFrom: date(),
    visaPurpose: optional(text({ max: 100, latin: true })),
  },
  ({ visaValidFrom }, facts) => notAfter(dateOf(facts, "titleValidUntil"), { visaValidFrom }),
);

/** The card or paper that the person holds now. */
export const titleDetails = page(
  "title",
  {
    legalBasisText: optional(text({ max: 100, latin: true })),
    cardNumber: optional(documentNumberField()),
    titleValidFrom: optional(date()),
    issuingAuthority: optional(text({ max: 100, latin: true })),
    conditionsText: optional(text({ max: 500, rows: 3 })),
  },
  ({ titleValidFrom }, facts) => ({
    ...notInFuture({ titleValidFrom }, facts.today),
    ...notAfter(dateOf(facts, "titleValidUntil"), { titleValidFrom }),
  }),
);

/** Numbers of earlier files; the AZR number is voluntary and never searched for (§ 10 AZRG). */
export const files = page("title", {
  azrNumber: optional(
    text({
      max: 14,
      width: "20",
      ltr: true,
      inputMode: "numeric",
      pattern: { test: /^\d{12}$/, error: "pattern" },
      normalise: (v) => v.replace(/\s/g, ""),
    }),
  ),
  foreignersFileNo: optional(text({ max: 60, width: "20" })),
});

/** Association law gives Turkish workers and their families rights of their own (§ 4 Abs. 2 AufenthG, § 52a AufenthV). */
export const association = page("title", { turkishAssociation: choice(["yes", "no", "unsure"]) });
