import { page } from "#flows/engine/facts.ts";
import { choice, date, number, optional, text, yesNo } from "#flows/engine/fields.ts";
import { languageFields } from "#flows/steps/language.ts";
import { inOrder, notInFuture, notInPast } from "#flows/steps/rules.ts";

/** Where the person studies (§ 16b AufenthG). */
export const studyPlace = page("study", {
  studyKind: choice(["degreeCourse", "preparatoryCourse", "preparatoryCollege"]),
  institution: text({ max: 120 }),
  institutionPlace: text({ max: 80, latin: true }),
  matriculationNumber: optional(text({ max: 20, width: "20", ltr: true })),
});

/** What the person studies and until when. */
export const studyCourse = page(
  "study",
  {
    studySubject: text({ max: 120 }),
    degreeAimed: choice(["bachelor", "master", "stateExam", "doctorate", "otherDegree", "noneYet"]),
    studyStart: date(),
    studyEnd: date(),
    semester: number(0, 40, "2"),
  },
  ({ studyStart, studyEnd }, { today }) => ({
    ...notInPast({ studyEnd }, today),
    ...inOrder(studyStart, studyEnd, "studyEnd"),
  }),
);

/** German of students; courses in other languages need less of it, so no level is refused. */
export const studyLanguage = page("study", languageFields, ({ languageCertificateDate }, { today }) =>
  notInFuture({ languageCertificateDate }, today),
);

/** Asked when the title is extended: whether the aim can be reached in a fair time (§ 16b Abs. 2 AufenthG). */
export const studyProgress = page("study", {
  creditPoints: optional(number(0, 600)),
  studyOnTime: yesNo(),
  studyInterrupted: yesNo(),
  subjectChanged: yesNo(),
});

/** Details, only of those who need longer, stopped for a time or changed their subject. */
export const studyDelay = page("study", { studyDelayDetails: text({ max: 1000, rows: 5 }) });
