import { page } from "#flows/engine/facts.ts";
import { choice, country, date, money, text, yesNo } from "#flows/engine/fields.ts";
import { notInFuture } from "#flows/steps/rules.ts";
import { degreeDetails } from "#flows/steps/work.ts";

/** Asked when a title is extended: a new employer brings contract and employer's form back (domain 1.10). */
export const employerChange = page("work", { employerChanged: yesNo() });

/** Holders of a Blue Card who change within the first twelve months are looked at again (§ 18g AufenthG). */
export const earlyEmployerChange = page("work", { employerChangedFirstYear: yesNo() });

/** Gross pay a year; it counts for skilled workers of 45 and older (§ 18 Abs. 2 Nr. 5 AufenthG). */
export const salary = page("work", { grossAnnual: money(100_00, 99_999_999) });

/** Whether §§ 18a, 18b were granted before: old-age provision counts for the first such title only. */
export const skilledBefore = page("work", { firstSkilledTitle: yesNo() });

/** The degree of a skilled worker with its level (§ 18b AufenthG). */
export const academicDegree = page("work", {
  degreeLevel: choice(["bachelor", "master", "diploma", "doctorate", "otherDegree"]),
  ...degreeDetails.fields,
});

/** Where the vocational training was completed, if one was (§ 18a AufenthG). */
export const training = page("work", { trainingOrigin: choice(["german", "foreign", "none"]) });

/** The vocational training itself. */
export const trainingDetails = page(
  "work",
  {
    trainingOccupation: text({ max: 120 }),
    trainingSchool: text({ max: 120 }),
    trainingCountry: country(),
    trainingDate: date(),
  },
  ({ trainingDate }, { today }) => notInFuture({ trainingDate }, today),
);

/** How a foreign training compares with a German one. */
export const equivalence = page("work", {
  equivalenceStatus: choice(["full", "partial", "applied", "notYet"]),
});
