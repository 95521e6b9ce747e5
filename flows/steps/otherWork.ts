import { page } from "#flows/engine/facts.ts";
import { choice, number, yesNo } from "#flows/engine/fields.ts";
import { homeQualifications, listedJobs } from "#flows/law/situations/work.ts";
import { salary } from "#flows/steps/skilled.ts";
import { itExperience } from "#flows/steps/work.ts";

/** Which job of the BeschV it is, and its pay (§ 19c Abs. 1 AufenthG). */
export const listedJob = page("work", { listedJob: choice(listedJobs), ...salary.fields });

/** Whole years of fitting work in the last five (§ 6 BeschV, § 20b AufenthG). */
const yearsOfFive = number(0, 5, "2");

/** Experience instead of a recognised qualification (§ 19c Abs. 2 AufenthG). */
export const practice = page("work", { isItJob: itExperience.fields.isItJob, yearsOfFive });

/** A qualification that counts as it is, which work in IT does not need (§ 6 BeschV). */
export const homeQualification = page("work", { homeQualification: choice(homeQualifications) });

/** Pay, and whether a collective agreement fixes it: then the lower limit does not hold (§ 6 BeschV). */
export const tariffPay = page("work", { ...salary.fields, tariffBound: choice(["yes", "no", "unsure"]) });

/** Experience of the opportunity card, and whether workers of that occupation are short (§ 20b Abs. 1 AufenthG). */
export const pointsExperience = page("work", {
  yearsOfFive,
  yearsOfSeven: number(0, 7, "2"),
  shortageOccupation: choice(["yes", "no", "unsure"]),
});

/** What a qualification from abroad brings: points for a recognition in part (§ 20b Abs. 1 AufenthG). */
export const pointsQualification = page("work", { ...homeQualification.fields, partialRecognition: yesNo() });
