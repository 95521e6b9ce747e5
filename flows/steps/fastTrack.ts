import { page, type Problems } from "#flows/engine/facts.ts";
import { choice, conditional, country, partialDate, text, yesNo } from "#flows/engine/fields.ts";
import { contact } from "#flows/steps/contact.ts";
import { isGivenBirthPossible } from "#flows/steps/rules.ts";
import { employer, employerContact } from "#flows/steps/work.ts";

const { ownShare: _ofWorkers, ...company } = employer.fields;

/** The employer, who files (§ 81a Abs. 1 AufenthG). */
export const hiringEmployer = page("work", company);

const { email, emailRepeat } = contact.fields;

/** A person at the employer by name, and how to reach them. */
export const hiringContact = page(
  "work",
  {
    employerContactName: text({ max: 100, latin: "person" }),
    employerPhone: employerContact.fields.employerPhone,
    email,
    emailRepeat,
  },
  contact.check,
);

/** One person to be hired. */
export const worker = page(
  "workers",
  {
    workerFamilyName: text({ max: 100, latin: "person" }),
    workerGivenNames: text({ max: 100, latin: "person" }),
    workerDateOfBirth: partialDate(),
    workerNationality: country("nationalities"),
    workerCountry: country(),
    workerQualification: choice(["academic", "vocational", "none"]),
    workerRecognition: conditional(choice(["recognised", "comparable", "partial", "applied", "notYet"])),
  },
  ({ workerDateOfBirth, workerQualification, workerRecognition }, { today }): Problems => ({
    ...isGivenBirthPossible(workerDateOfBirth, today, "workerDateOfBirth"),
    ...(workerQualification !== "none" && workerRecognition === undefined ? { workerRecognition: "required" } : {}),
  }),
  { workerRecognition: ({ answers }) => answers["workerQualification"] !== "none" },
);

/** Power of attorney of the workers, and the agreement with the authority (§ 81a Abs. 1, 2 AufenthG). */
export const fastTrackTerms = page("work", {
  powerOfAttorney: yesNo(),
  fastTrackAgreement: choice(["signed", "asked", "notYet"]),
});
