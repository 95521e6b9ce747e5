import { page } from "#flows/engine/facts.ts";
import { conditional, choice, country, date, money, number, optional, text, yesNo } from "#flows/engine/fields.ts";
import { emailField, phoneField } from "#flows/steps/fields.ts";
import { inOrder, notInPast } from "#flows/steps/rules.ts";

/** The employer (domain 2.6), and whether the person has a share in the business (domain 1.4). */
export const employer = page("work", {
  employerName: text({ max: 120 }),
  employerStreet: text({ max: 100, latin: true }),
  employerPostalCode: text({ max: 10, latin: true, width: "10", ltr: true }),
  employerPlace: text({ max: 80, latin: true }),
  employerIndustry: optional(text({ max: 80 })),
  employerNumber: optional(
    text({ max: 8, width: "10", ltr: true, inputMode: "numeric", pattern: { test: /^\d{8}$/, error: "pattern" } }),
  ),
  ownShare: yesNo(),
});

/** A person at the employer whom the authority may ask; voluntary. */
export const employerContact = page("work", {
  employerContactName: optional(text({ max: 100, latin: "person" })),
  employerPhone: optional(phoneField()),
  employerEmail: optional(emailField()),
});

/** The job as the contract says it. */
export const job = page(
  "work",
  {
    jobTitle: text({ max: 120 }),
    jobDuties: text({ min: 20, max: 1000, rows: 4 }),
    jobStart: date(),
    jobEnd: conditional(date()),
    weeklyHours: number(1, 60, "2"),
    workplace: text({ max: 120, latin: true }),
    temporaryAgency: yesNo(),
    regulatedProfession: yesNo(),
  },
  ({ jobStart, jobEnd }, { today }) => ({ ...notInPast({ jobEnd }, today), ...inOrder(jobStart, jobEnd, "jobEnd") }),
);

/** Gross pay a year: the threshold of § 18g AufenthG is a yearly amount. */
export const pay = page("work", {
  grossAnnual: money(100_00, 99_999_999),
  shortageOccupation: choice(["yes", "no", "unsure"]),
});

/** Highest qualification and whether it counts in Germany. */
export const qualification = page("work", {
  degree: choice(["german", "foreign", "none"]),
  fieldOfStudy: optional(text({ max: 120 })),
});

/** The degree itself; a new graduate has a lower threshold (§ 18g Abs. 1 S. 2 Nr. 2). */
export const degreeDetails = page("work", {
  degreeTitle: text({ max: 120 }),
  university: text({ max: 120 }),
  degreeCountry: country(),
  degreeDate: date(),
});

/** Whether a foreign degree is recognised or comparable. */
export const recognition = page("work", {
  recognitionStatus: choice(["recognised", "comparable", "applied", "notYet"]),
});

/** IT specialists without a degree need three years of experience in the last seven (§ 18g Abs. 2). */
export const itExperience = page("work", {
  isItJob: yesNo(),
  itExperienceYears: number(0, 60, "2"),
});

/** Holders of a Blue Card of another member state move under § 18h, 18i AufenthG. */
export const otherBlueCard = page("work", { holdsOtherBlueCard: yesNo() });
