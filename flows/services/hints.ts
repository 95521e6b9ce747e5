import { addMonths, type IsoDate, type PartialDate } from "#flows/engine/dates.ts";
import { isSurelyBefore } from "#flows/steps/rules.ts";

/** What a person may want to look at again before filing. No hint is an error, and none is sent. */
export const hintCodes = [
  "passportExpired",
  "passportEndsSoon",
  "passportShorterThanStay",
  "spouseNotListed",
  "referenceIsApplicant",
  "entryBeforeVisa",
  "staysOverlap",
] as const;
export type HintCode = (typeof hintCodes)[number];

type Stay = { stayFrom?: PartialDate; stayTo?: PartialDate };
/** Until when somebody wants to stay, as the pages on the purpose ask it. */
const plannedEnds = ["jobEnd", "studyEnd", "apprenticeshipEnd", "planEnd"] as const;
type HintAnswers = { [End in (typeof plannedEnds)[number]]?: IsoDate } & {
  familyName?: string;
  givenNames?: string;
  dateOfBirth?: PartialDate;
  referenceFamilyName?: string;
  referenceGivenNames?: string;
  referenceDateOfBirth?: PartialDate;
  visaValidFrom?: IsoDate;
  validUntil?: IsoDate;
  identityDocType?: string;
  maritalStatus?: string;
  family?: readonly { relation?: string }[];
  entryDateCurrent?: IsoDate;
  previousStays?: readonly Stay[];
};

/** Authorities expect a passport that is valid for some time yet (domain 2.2). */
const PASSPORT_MONTHS = 6;

function passportHints({ validUntil, identityDocType, ...answers }: HintAnswers, today: IsoDate): HintCode[] {
  // Temporary protection, which alone asks for the kind of identity paper, needs no valid passport (§ 5 Abs. 3 Satz 1 AufenthG).
  if (validUntil === undefined || identityDocType !== undefined) return [];
  if (validUntil < today) return ["passportExpired"];
  if (validUntil < addMonths(today, PASSPORT_MONTHS)) return ["passportEndsSoon"];
  const isShorter = plannedEnds.some((end) => (answers[end] ?? "") > validUntil);
  return isShorter ? ["passportShorterThanStay"] : [];
}

const sameText = (one = "", other = ""): boolean => one !== "" && one.toLowerCase() === other.toLowerCase();

/** The family member whom the title depends on is somebody else (domain 2.7). */
function isOwnReference(answers: HintAnswers): boolean {
  return (
    sameText(answers.familyName, answers.referenceFamilyName) &&
    sameText(answers.givenNames, answers.referenceGivenNames) &&
    sameText(answers.dateOfBirth, answers.referenceDateOfBirth)
  );
}

/** Whoever comes with a visa comes while it is valid (domain 2.3). */
function cameBeforeVisa({ entryDateCurrent, visaValidFrom }: HintAnswers): boolean {
  return entryDateCurrent !== undefined && visaValidFrom !== undefined && entryDateCurrent < visaValidFrom;
}

function isSpouseMissing({ maritalStatus, family }: HintAnswers): boolean {
  const hasSpouse = maritalStatus === "married" || maritalStatus === "civilPartnership";
  return hasSpouse && family !== undefined && !family.some(({ relation }) => relation === "spouse");
}

/** True if two stays share days whatever the unknown parts mean; leaving and coming on one day is no overlap. */
function overlap(one: Stay, other: Stay): boolean {
  const startsBeforeEnd = (a: Stay, b: Stay) =>
    a.stayFrom !== undefined && (b.stayTo === undefined || isSurelyBefore(a.stayFrom, b.stayTo));
  return startsBeforeEnd(one, other) && startsBeforeEnd(other, one);
}

function doStaysOverlap({ previousStays = [], entryDateCurrent }: HintAnswers): boolean {
  const current = entryDateCurrent === undefined ? [] : [{ stayFrom: entryDateCurrent }];
  const stays: readonly Stay[] = [...previousStays, ...current];
  return stays.some((stay, index) => stays.slice(index + 1).some((other) => overlap(stay, other)));
}

/**
 * Hints on the answers of a walk, for the page before filing; words are `services:hints.<code>`. Answers that are missing
 * give no hint.
 */
export function hintsOf(answers: Readonly<Record<string, unknown>>, today: IsoDate): HintCode[] {
  // Answers of a walk were parsed by the fields of these names, so that they have these types.
  const given = answers as HintAnswers;
  return [
    ...passportHints(given, today),
    ...(isSpouseMissing(given) ? (["spouseNotListed"] as const) : []),
    ...(isOwnReference(given) ? (["referenceIsApplicant"] as const) : []),
    ...(cameBeforeVisa(given) ? (["entryBeforeVisa"] as const) : []),
    ...(doStaysOverlap(given) ? (["staysOverlap"] as const) : []),
  ];
}
