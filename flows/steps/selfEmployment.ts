import { page } from "#flows/engine/facts.ts";
import { choice, date, money, number, text } from "#flows/engine/fields.ts";
import { selfEmployments } from "#flows/law/situations/work.ts";
import { job } from "#flows/steps/work.ts";

/** A business, that of a graduate, or freelance work: each has its own part of § 21 AufenthG. */
export const selfEmploymentKind = page("work", { selfEmployment: choice(selfEmployments) });

/** What every self-employed person says of the work. */
const common = {
  businessIndustry: text({ max: 120 }),
  businessStart: date(),
  businessTurnover: money(0, 99_999_999_999),
  regulatedProfession: job.fields.regulatedProfession,
} as const;

/** The business and what it brings (§ 21 Abs. 1 AufenthG). */
export const business = page("work", {
  legalForm: choice(["soleTrader", "partnership", "company", "otherForm"]),
  ...common,
  businessCapital: money(0, 99_999_999_999),
  businessJobs: number(0, 9_999),
});

/** Freelance work lives on its clients (§ 21 Abs. 5 AufenthG). */
export const freelance = page("work", { ...common, freelanceClients: text({ max: 1000, rows: 4 }) });
