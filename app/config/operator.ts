import { z } from "zod";
import * as part from "#app/config/parts.ts";

const imprint = z.strictObject({
  representedBy: part.text.describe("Who represents the operator: name and function."),
  legalForm: part.text.optional().describe('Legal form, for example "Anstalt des öffentlichen Rechts" (optional).'),
  registerEntry: part.text.optional().describe("Register and number (optional)."),
  vatId: part.text.optional().describe("VAT identification number (optional)."),
  responsibleForContent: part.text.describe("Who answers for the contents: name and function."),
});

const directory = z.strictObject({
  identifier: z
    .string()
    .regex(/^[a-z]{3}:[A-Za-z0-9-]{1,40}$/, 'is not of the form "alp:123456"')
    .describe('Key of the online service in the DVDV, for example "alp:123456"; KoSIT assigns it.'),
  listVersion: z
    .string()
    .regex(/^[0-9A-Za-z.-]{1,20}$/, "is not a version")
    .describe('Version of the code list "verzeichnisdienst" in force, in quotes, for example "3".'),
});

const day = z.iso.date("is not a date that exists");

const accessibility = z.strictObject({
  legalBasis: part.text.describe(
    'The law that applies to the operator, for example "BbgBGG und BbgBITV" or "BGG und BITV 2.0".',
  ),
  status: z
    .enum(["full", "partial", "none"])
    .describe("full, partial or none: how far the service meets the standard."),
  barriers: z.array(part.text).describe("Known barriers in German, one sentence each; [] for none."),
  assessedOn: day.describe("Day of the last assessment, YYYY-MM-DD in quotes."),
  assessedBy: z.enum(["self", "external"]).describe("self (own assessment) or external (assessed by others)."),
  feedbackEmail: part.email.describe("Where people report a barrier."),
  feedbackPhone: part.phone.optional().describe("Phone for reporting a barrier, with country code (optional)."),
  enforcementBody: part.body.describe("Body that helps when a report has no answer (§ 16 BGG or the law of the Land)."),
});

const number = (least: number, most: number) =>
  z.int("is not a whole number").min(least, `is less than ${least}`).max(most, `is more than ${most}`);

// The upper limits are the promises of architecture 9: an operator may delete earlier, never later.
const retention = z.strictObject({
  draftDays: number(7, 30).describe(
    "Days from the last edit to the deletion of a draft, at most 30 (OZG § 8a Abs. 3).",
  ),
  applicantCopyDays: number(30, 90).describe(
    "Days from the last event to the deletion of the applicant's copy, at most 90.",
  ),
  applicantCopyMaximumDays: number(90, 365).describe(
    "Days from filing after which the copy goes in any case, at most 365.",
  ),
  eventMonths: number(1, 24).describe("Months that events without personal data stay, at most 24."),
  indexDays: number(1, 30).describe(
    "Days from acceptance, rejection or withdrawal to the deletion of the marks of possible duplicates, at most 30.",
  ),
  auditMonths: number(1, 12).describe(
    "Months that the record of staff actions, helped applications and imports stays, at most 12.",
  ),
  logDays: number(1, 14).describe("Days that technical logs stay, at most 14."),
});

/** The body that runs the online service; every key has a description, which error messages use. */
export const operatorSchema = z
  .strictObject({
    name: part.text.describe("Official name of the operator."),
    address: part.postalAddress.describe("Postal address of the operator."),
    email: part.email.describe("E-mail address for questions on the online service."),
    alertEmail: part.email
      .optional()
      .describe("Where findings of the watchdog and the daily report go; otherwise to email (optional)."),
    phone: part.phone.describe('Phone with country code in quotes, for example "+49 30 23125200".'),
    phoneHours: z.array(part.hours).describe("When the phone is answered; an empty list [] says nothing about it."),
    directory: directory
      .optional()
      .describe("Place of the service in the directory of services, for authorities that take XAusländer (optional)."),
    imprint: imprint.describe("Data of the imprint (§ 5 DDG)."),
    dataProtectionOfficer: part.officer.describe("Data protection officer of the operator (Art. 37 GDPR)."),
    supervisoryAuthority: part.body.describe("Where people complain about the operator (Art. 77 GDPR)."),
    accessibility: accessibility.describe("Data of the accessibility statement."),
    retention: retention.describe("How long data stay; each has an upper limit."),
    hosting: part.text.describe("Who runs the machines for the operator, named in the privacy notice."),
    duplicateGroups: z
      .array(z.array(z.string()).min(2, "has fewer than two authorities"))
      .default([])
      .describe(
        "Groups of authorities that are told of possible duplicates among each other, for example [[potsdam, barnim]]; each needs a legal basis (optional).",
      ),
    quickExitUrl: part.pageUrl
      .default("https://www.wetter.de")
      .describe("Harmless page that opens when somebody leaves a sensitive application quickly (optional)."),
    help: z
      .strictObject({
        counselling: z.array(part.link).min(1, "is empty").describe("Independent advice in all of Germany."),
        questions: part.pageUrl.optional().describe("Page with answers to frequent questions (optional)."),
      })
      .describe("Links of the help strip."),
  })
  .check(({ value: { retention: periods }, issues }) => {
    if (periods.applicantCopyDays <= periods.applicantCopyMaximumDays) return;
    issues.push({
      code: "custom",
      path: ["retention", "applicantCopyMaximumDays"],
      input: periods.applicantCopyMaximumDays,
      message: "is shorter than applicantCopyDays",
    });
  });

/** The operator, checked. */
export type Operator = z.infer<typeof operatorSchema>;
