import { page } from "#flows/engine/facts.ts";
import { choice, date, text } from "#flows/engine/fields.ts";
import { recognitionPaths } from "#flows/law/situations/training.ts";
import { inOrder, notInPast } from "#flows/steps/rules.ts";
import { equivalence, trainingDetails } from "#flows/steps/skilled.ts";

const { trainingOccupation, trainingCountry } = trainingDetails.fields;

/** The way to the recognition; each has its own paragraph in § 16d AufenthG. */
export const recognitionPath = page("study", { recognitionPath: choice(recognitionPaths) });

/** The foreign qualification, and how far its recognition is. */
export const foreignQualification = page("study", { trainingOccupation, trainingCountry, ...equivalence.fields });

/** Course, employer or examining body, and for how long. */
export const recognitionPlan = page(
  "study",
  {
    planProvider: text({ max: 120 }),
    planPlace: text({ max: 80, latin: true }),
    planStart: date(),
    planEnd: date(),
  },
  ({ planStart, planEnd }, { today }) => ({
    ...notInPast({ planEnd }, today),
    ...inOrder(planStart, planEnd, "planEnd"),
  }),
);
