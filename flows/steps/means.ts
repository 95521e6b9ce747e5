import { page } from "#flows/engine/facts.ts";
import { choices, conditional, money, number, text, yesNo } from "#flows/engine/fields.ts";

/** What people live on (domain 2.5). */
const incomeSources = [
  "job",
  "selfEmployment",
  "pension",
  "scholarship",
  "savings",
  "parents",
  "partner",
  "studentGrant",
  "jobcentre",
  "socialAssistance",
  "asylumBenefits",
  "otherIncome",
] as const;
/** One of the sources that a person can name. */
type IncomeSource = (typeof incomeSources)[number];

/** Benefits that make most fees fall away (§ 53 Abs. 1 AufenthV). */
const benefits: readonly IncomeSource[] = ["jobcentre", "socialAssistance", "asylumBenefits"];

/** True if one of the sources is a benefit of SGB II, SGB XII or AsylbLG. */
export function isOnBenefits(sources: readonly IncomeSource[] = []): boolean {
  return sources.some((source) => benefits.includes(source));
}

/** Means for the time without full pay: studies and search for work (§ 2 Abs. 3 AufenthG). */
export const funding = page("insurance", {
  incomeSources: choices(incomeSources),
  monthlyMeans: money(0, 9_999_900),
  savings: conditional(money(0, 99_999_999)),
  monthsCovered: number(0, 60, "2"),
});

/** Whether public money pays the scholarship: then most fees fall away (§ 52 Abs. 5 AufenthV). */
export const scholarship = page("insurance", { publicScholarship: yesNo() });

/** The job of a person whose title has another purpose, asked only of those who live on it. */
export const currentJob = page("insurance", {
  currentEmployer: text({ max: 120 }),
  currentJobTitle: text({ max: 120 }),
  currentWeeklyHours: number(1, 60, "2"),
});

/** Net incomes of the applicant and the family member; not decisive for the family of Germans (§ 28 AufenthG). */
export const incomes = page("insurance", {
  incomeSources: choices(incomeSources),
  ownNetMonthly: money(0, 9_999_900),
  referenceNetMonthly: money(0, 9_999_900),
});

/** The net income of those whose title does not depend on a family member's means. */
export const ownIncome = page("insurance", {
  incomeSources: choices(incomeSources),
  ownNetMonthly: money(0, 9_999_900),
});
