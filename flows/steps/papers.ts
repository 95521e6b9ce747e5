import { page } from "#flows/engine/facts.ts";
import { choice, country, date, optional, text } from "#flows/engine/fields.ts";
import { inOrder, notInFuture } from "#flows/steps/rules.ts";

const documentNumber = text({
  max: 20,
  width: "20",
  ltr: true,
  normalise: (value) => value.replace(/[\s-]/g, "").toUpperCase(),
  pattern: { test: /^[A-Z0-9]+$/, error: "pattern" },
});

/** Which identity paper there is (§ 3 AufenthG). */
export const passport = page("passport", {
  docType: choice(["passport", "officialPassport", "travelDocument", "otherSubstitute", "idCard", "none"]),
});

/** Data page of the passport. */
export const passportDetails = page(
  "passport",
  {
    number: documentNumber,
    issuingState: country(),
    issuedBy: optional(text({ max: 80, latin: true })),
    issuedOn: date(),
    validUntil: date(),
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
    visaNumber: documentNumber,
    visaIssuedAt: optional(text({ max: 80, latin: true })),
    visaValidFrom: date(),
    visaPurpose: optional(text({ max: 100, latin: true })),
  },
  (answers, facts) => inOrder(answers.visaValidFrom, stringAnswer(facts.answers["titleValidUntil"]), "visaValidFrom"),
);

/** The card or paper that the person holds now. */
export const titleDetails = page(
  "title",
  {
    legalBasisText: optional(text({ max: 100, latin: true })),
    cardNumber: optional(documentNumber),
    titleValidFrom: optional(date()),
    issuingAuthority: optional(text({ max: 100, latin: true })),
    conditionsText: optional(text({ max: 500, rows: 3 })),
  },
  (answers, facts) => ({
    ...notInFuture({ titleValidFrom: answers.titleValidFrom }, facts.today),
    ...inOrder(answers.titleValidFrom, stringAnswer(facts.answers["titleValidUntil"]), "titleValidFrom"),
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

function stringAnswer(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
