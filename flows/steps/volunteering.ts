import { page } from "#flows/engine/facts.ts";
import { date } from "#flows/engine/fields.ts";
import { inOrder, notInPast } from "#flows/steps/rules.ts";
import { employer, job } from "#flows/steps/work.ts";

const { employerName, employerStreet, employerPostalCode, employerPlace } = employer.fields;

/** The organisation that takes the volunteer (§ 19e AufenthG). */
export const voluntaryHost = page("work", { employerName, employerStreet, employerPostalCode, employerPlace });

const { jobDuties, jobStart, weeklyHours } = job.fields;

/** The service as the agreement says it; it always has an end. */
export const voluntaryService = page(
  "work",
  { jobDuties, jobStart, jobEnd: date(), weeklyHours },
  (answers, { today }) => ({
    ...notInPast({ jobEnd: answers.jobEnd }, today),
    ...inOrder(answers.jobStart, answers.jobEnd, "jobEnd"),
  }),
);
