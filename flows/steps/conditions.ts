import { page } from "#flows/engine/facts.ts";
import { choice, date, money, number, sensitive, text, yesNo } from "#flows/engine/fields.ts";
import { employmentWishes, residenceReasons } from "#flows/law/situations/other.ts";
import { name } from "#flows/steps/person.ts";
import { housing } from "#flows/steps/reference.ts";
import { postalCodeField } from "#flows/steps/triage.ts";

const { nameChanged: _former, ...present } = name.fields;

/** Names as in the passport, without the question for former ones: a condition brings no new card (domain 2.8). */
export const presentName = page("person", present, name.check);

/** What is to change in the permission to work (§ 4a AufenthG). */
export const employmentWish = page("work", { employmentWish: choice(employmentWishes) });

/** Another condition of the title: which one, and why (§ 12 Abs. 2 AufenthG). */
export const conditionWish = page("title", {
  conditionSubject: choice(["travel", "study", "place", "otherSubject"]),
  conditionReason: text({ max: 1000, rows: 5 }),
});

/** Where the person must live now, and where they want to live (§ 12a AufenthG). */
export const residenceObligation = page("stay", {
  obligationArea: text({ max: 120, latin: true }),
  targetPostalCode: { ...postalCodeField, autoComplete: "off" },
  targetPlace: text({ max: 80, latin: true }),
});

/** Why the obligation is to end: each reason has its own part of § 12a Abs. 5 AufenthG. */
export const residenceReason = page("stay", { residenceReason: choice(residenceReasons) });

/** The job at the new place: hours and net income decide (§ 12a Abs. 5 S. 1 Nr. 1 a AufenthG). */
export const movingJob = page("work", {
  movingEmployer: text({ max: 120 }),
  movingWeeklyHours: number(1, 60, "2"),
  movingNetMonthly: money(0, 9_999_900),
});

/** Training, studies or a course at the new place. */
export const movingCourse = page("study", {
  movingInstitution: text({ max: 120 }),
  movingCourseStart: date(),
});

/** Husband, wife, parents or children at the new place (§ 12a Abs. 5 S. 1 Nr. 1 b AufenthG). */
export const movingFamily = page("family", {
  movingRelation: choice(["spouse", "child", "parent", "otherRelative"]),
  movingRelativeName: text({ max: 120, latin: "person" }),
});

/** Hardship (§ 12a Abs. 5 S. 1 Nr. 2 AufenthG); people may have to speak of their health. */
export const movingHardship = page("stay", {
  movingHardship: sensitive(text({ max: 1000, rows: 5 }), "health"),
});

/** Whether there is a flat at the new place already. */
export const newFlat = page("housing", { hasNewFlat: yesNo() });

const { flatArea, householdSize } = housing.fields;

/** That flat: its size, and how many will live there. */
export const newFlatDetails = page("housing", { flatArea, householdSize });
