import { likely, unclear, unlessFound, type Rule } from "#flows/law/basis/rule.ts";
import { ageBand } from "#flows/law/age.ts";
import { isShorterThan } from "#flows/law/duration.ts";
import type { FindingCode } from "#flows/law/findings.ts";
import { reaches } from "#flows/law/languageLevel.ts";
import { lawValue } from "#flows/law/law.ts";
import { areMeansBelow, coversTrainingNeed } from "#flows/law/need.ts";

/** A finding if something is known to hold. */
const when = (holds: boolean | undefined, code: FindingCode): FindingCode[] => (holds ? [code] : []);

/** Studies need means for each month; savings count over a year (§ 2 Abs. 3 AufenthG). */
const studies: Rule = ({ means }, law) =>
  likely("§ 16b AufenthG", ...when(areMeansBelow(means, lawValue(law, "living.study")), "meansLow"));

/** Vocational training in a company or at a school, with German at B1 unless it is tested or taught first (§ 16a AufenthG). */
const vocationalTraining: Rule = (situation, law) => {
  const { training = {}, request, means } = situation;
  const { place, isGermanChecked, germanLevel, monthlyPayCents } = training;
  const isPayLow = coversTrainingNeed(monthlyPayCents, law) === false;
  const found = [
    ...when(place === "company" && training.isRegistered === false, "contractUnregistered"),
    ...when(
      request !== "extension" && isGermanChecked === false && reaches(germanLevel, "b1") === false,
      "germanBelowB1",
    ),
    ...when(isPayLow && areMeansBelow(means, lawValue(law, "living.training")), "meansBelowNeed"),
  ];
  if (place === undefined) return unclear("§ 16a AufenthG", ...found);
  return unlessFound(place === "company" ? "§ 16a Abs. 1 AufenthG" : "§ 16a Abs. 2 AufenthG", ...found);
};

const paragraphs = { measure: 1, partnership: 3, agreement: 4, exam: 5, analysis: 6 } as const;
const longest: Readonly<Partial<Record<keyof typeof paragraphs, string>>> = {
  measure: "period.recognitionMeasure",
  partnership: "period.recognitionPartnership",
  agreement: "period.recognitionAgreement",
  analysis: "period.qualificationAnalysis",
};

/** Recognition of a foreign qualification: measure, partnership, agreement, exam or analysis (§ 16d AufenthG). */
const recognition: Rule = ({ training = {}, means }, law) => {
  const { path, start, end, hasDeficitNotice, germanLevel } = training;
  if (path === undefined) return unclear("§ 16d AufenthG");
  const limit = longest[path];
  // A partnership and an analysis come before the notice, the others build on it.
  const needsNotice = path === "measure" || path === "exam";
  return unlessFound(
    `§ 16d Abs. ${paragraphs[path]} AufenthG`,
    ...when(needsNotice && hasDeficitNotice === false, "deficitNoticeMissing"),
    ...when(reaches(germanLevel, "a2") === false, "germanBelowA2"),
    ...when(limit !== undefined && isShorterThan(start, end, law, limit) === false, "planTooLong"),
    ...when(areMeansBelow(means, lawValue(law, "living.recognition")), "meansBelowNeed"),
  );
};

/** Language course, school exchange, or school (§ 16f Abs. 1, 2 AufenthG). */
const courseOrSchool: Rule = ({ training = {}, means }, law) => {
  const { stay, courseHours, grade } = training;
  if (stay === undefined) return unclear("§ 16f AufenthG");
  const [hours, firstGrade] = [lawValue(law, "hours.languageCourse"), lawValue(law, "grade.school")];
  if (stay !== "languageCourse") {
    const isBelow = grade !== undefined && firstGrade !== undefined && grade < firstGrade;
    return stay === "exchange"
      ? likely("§ 16f Abs. 1 AufenthG")
      : unlessFound("§ 16f Abs. 2 AufenthG", ...when(isBelow, "schoolGradeLow"));
  }
  return unlessFound(
    "§ 16f Abs. 1 AufenthG",
    ...when(courseHours !== undefined && hours !== undefined && courseHours < hours, "courseHoursLow"),
    ...when(areMeansBelow(means, lawValue(law, "living.recognition")), "meansBelowNeed"),
  );
};

/** Training of people with a Duldung; whoever extends holds the title already (§ 16g AufenthG). */
const toleratedTraining: Rule = ({ title, request, training = {} }) =>
  unlessFound(
    "§ 16g Abs. 1 AufenthG",
    ...when(request !== "extension" && title.kind !== "duldung", "tolerationNeeded"),
    ...when(training.place === "company" && training.isRegistered === false, "contractUnregistered"),
  );

/** Search for a place of training or of study (§ 17 Abs. 1, 2 AufenthG). */
const placeSearch: Rule = ({ birth, means, training = {} }, law, today) => {
  const { seeking, germanLevel, hasUniversityAccess } = training;
  if (seeking === undefined) return unclear("§ 17 AufenthG", "placeSearchLimited");
  const age = lawValue(law, "age.placeSearch");
  const isTooOld = age !== undefined && ageBand(birth, today, age) === "reached";
  const found = [
    ...when(seeking === "training" && isTooOld, "searchAge"),
    ...when(seeking === "training" && reaches(germanLevel, "b1") === false, "germanBelowB1"),
    ...when(hasUniversityAccess === false, "universityAccessMissing"),
    ...when(areMeansBelow(means, lawValue(law, "living.recognition")), "meansBelowNeed"),
  ];
  const { basis, certainty } = unlessFound(
    seeking === "training" ? "§ 17 Abs. 1 AufenthG" : "§ 17 Abs. 2 AufenthG",
    ...found,
  );
  return { basis, certainty, findings: [...found, "placeSearchLimited"] };
};

/** Suggested norms of titles for studies and training (AufenthG chapter 2 section 3). */
export const trainingBases: Readonly<Record<string, Rule>> = {
  "A-16a": vocationalTraining,
  "A-16b": studies,
  "A-16d": recognition,
  "A-16f": courseOrSchool,
  "A-16g": toleratedTraining,
  "A-17": placeSearch,
};
