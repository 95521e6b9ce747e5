import { page } from "#flows/engine/facts.ts";
import { choice, number, text } from "#flows/engine/fields.ts";
import { inOrder, notInPast } from "#flows/steps/rules.ts";
import { studyCourse, studyPlace } from "#flows/steps/study.ts";

const { institution, institutionPlace } = studyPlace.fields;
const { studyStart, studyEnd } = studyCourse.fields;
type Period = { studyStart?: string; studyEnd?: string };

const period = ({ studyStart: from, studyEnd: to }: Period, { today }: { today: string }) => ({
  ...notInPast({ studyEnd: to }, today),
  ...inOrder(from, to, "studyEnd"),
});

/** A language course; authorities expect an intensive one (§ 16f Abs. 1 AufenthG). */
export const languageCourse = page(
  "study",
  { institution, institutionPlace, courseHours: number(1, 60, "2"), studyStart, studyEnd },
  period,
);

/** School exchange, or school for good (§ 16f Abs. 1, 2 AufenthG). */
export const schoolStay = page(
  "study",
  {
    schoolStay: choice(["exchange", "attendance"]),
    institution,
    institutionPlace,
    schoolKind: choice(["international", "private", "public"]),
    schoolGrade: number(1, 13, "2"),
    studyStart,
    studyEnd,
  },
  period,
);

/** Search for a place of training or of study, and what it builds on (§ 17 AufenthG). */
export const placeSearch = page("study", {
  placeSearched: choice(["training", "study"]),
  searchedSubject: text({ max: 120 }),
  universityAccess: choice(["yes", "no", "unsure"]),
});
