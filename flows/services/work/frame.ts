import type { Answers, Facts } from "#flows/engine/facts.ts";
import type { WorkSituation } from "#flows/law/situations/work.ts";
import {
  closing,
  closingArrows,
  frameGuards,
  opening,
  openingArrows,
  toClosing,
} from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { family } from "#flows/steps/family.ts";
import { healthInsurance, livelihood } from "#flows/steps/living.ts";
import { employerChange } from "#flows/steps/skilled.ts";
import { employer, employerContact, job } from "#flows/steps/work.ts";

/** Pages of every title for a job before the questions on pay and qualification (domain 1.4). */
export const workOpening = { ...opening, family, employerChange, employer, employerContact, job } as const;

/** Pages of every title for a job after them. */
export const workClosing = { healthInsurance, livelihood, ...closing } as const;

/** Answers that every title for a job asks. */
type WorkAnswers = TriageAnswers & Answers<typeof workOpening & typeof workClosing>;

/** Guards on the arrows of these pages. */
export const workGuards = {
  ...frameGuards,
  isExtension: ({ answers }: Facts<WorkAnswers>) => answers.request === "extension",
};

/** Arrows from the first page to the job, which leads to the service's own page `exit`. */
export function workOpeningArrows<const Exit extends string>(exit: Exit) {
  return {
    ...openingArrows("family"),
    family: [{ guard: "isExtension", target: "employerChange" }, "employer"],
    employerChange: "employer",
    employer: "employerContact",
    employerContact: "job",
    job: exit,
  } as const;
}

/** Arrows from health insurance to the end. */
export const workClosingArrows = { healthInsurance: "livelihood", livelihood: toClosing, ...closingArrows } as const;

/** The job as the law looks at it, with what the service knows besides; what is not answered yet stays out. */
export function workSituation(
  answers: WorkAnswers,
  own: { [Key in keyof WorkSituation]: WorkSituation[Key] | undefined },
) {
  return known<WorkSituation>({
    regulatedProfession: answers.regulatedProfession,
    employerChanged: answers.employerChanged,
    start: answers.jobStart,
    end: answers.jobEnd,
    ...own,
  });
}

type Recognition = "recognised" | "comparable" | "full" | "partial" | "applied" | "notYet";

/** A qualification as the law looks at it: from Germany, or a foreign one that counts here, or may. */
export function qualificationOf(
  origin: "german" | "foreign" | "none" | undefined,
  recognition: Recognition | undefined,
): WorkSituation["degree"] {
  if (origin !== "foreign") return origin;
  return recognition === "recognised" || recognition === "comparable" || recognition === "full"
    ? "foreignComparable"
    : "foreignUnclear";
}
