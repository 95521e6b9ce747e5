import type { IsoDate } from "#flows/engine/dates.ts";
import { ageBand } from "#flows/law/age.ts";
import { otherConditions } from "#flows/law/evidence/otherConditions.ts";
import { ukraineConditions } from "#flows/law/evidence/ukraineConditions.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import { coversTrainingNeed } from "#flows/law/need.ts";
import { needsPensionProof } from "#flows/law/pension.ts";
import { pointsOf } from "#flows/law/points.ts";
import type { Situation } from "#flows/law/situation.ts";
import { isRoomWaived, isSkilledTitle, mayComeAlone } from "#flows/law/situations/family.ts";
import { isRefugee } from "#flows/law/situations/permanent.ts";
import { isWorkPath } from "#flows/law/situations/training.ts";
import { listedQualifiedJobs } from "#flows/law/situations/work.ts";

/** True, false, or `undefined` while the facts do not tell. */
type Rule = (situation: Situation, law: Law, today: IsoDate) => boolean | undefined;

/** A child of 16 or more without its parents shows German or its prospects (§ 32 Abs. 2 AufenthG). */
function joinsAlone({ family, request, birth }: Situation, law: Law, today: IsoDate): boolean | undefined {
  const age = lawValue(law, "age.childJoining");
  if (request === "extension" || mayComeAlone(family?.referenceTitle)) return false;
  if (age !== undefined && ageBand(birth, today, age) === "below") return false;
  return family?.movedTogether === undefined ? undefined : !family.movedTogether;
}

/** Conditions of the evidence matrix by name. */
export const evidenceConditions = {
  hasTitle: ({ title }) => !["none", "noStatus"].includes(title.kind),
  isRepresented: ({ filer }) => filer === "guardian" || filer === "attorney",
  isMinor: ({ birth, filer }, law, today) => {
    const majority = lawValue(law, "age.majority");
    if (birth === undefined || majority === undefined)
      return filer === "parent" || filer === "guardian" ? undefined : false;
    return { below: true, reached: false, open: undefined }[ageBand(birth, today, majority)];
  },
  hasDegree: ({ work }) => (work?.degree === undefined ? undefined : work.degree !== "none"),
  hasForeignQualification: ({ work }) => (work?.degree === undefined ? undefined : work.degree.startsWith("foreign")),
  // The Blue Card's way in without a degree; how many years of experience it takes is not for this list to say.
  isItWithoutDegree: ({ service, work }) => {
    if (service !== "W-18g") return false;
    if (work?.degree === undefined) return undefined;
    return work.degree === "none" ? (work.itJob ?? work.itWithoutDegree) : false;
  },
  isRegulated: ({ work }) => work?.regulatedProfession,
  needsPensionProof,
  hasNewEmployer: ({ work }) => work?.employerChanged,
  hasNewOrFixedContract: ({ work }) =>
    work?.employerChanged || work?.end !== undefined ? true : work?.employerChanged,
  isSpouse: ({ family }) => (family?.relation === undefined ? undefined : family.relation === "spouse"),
  isChildOrParent: ({ family }) => (family?.relation === undefined ? undefined : family.relation !== "spouse"),
  // Whoever extends has shown it before, and with an exception a certificate is no condition (§ 30 Abs. 1 AufenthG).
  needsLanguage: ({ family, request }) => {
    if (family?.relation === undefined) return undefined;
    if (family.relation !== "spouse" || isSkilledTitle(family.referenceTitle)) return false;
    return request === "extension" || family.languageException ? undefined : true;
  },
  isStudyDelayed: ({ studyDelayed }) => studyDelayed,
  isPayBelowNeed: ({ training }, law) => {
    const isCovered = coversTrainingNeed(training?.monthlyPayCents, law);
    return isCovered === undefined ? undefined : !isCovered;
  },
  // Whoever extends has shown it before; a test of the school or a course before the training replaces it (§ 16a Abs. 3).
  needsTrainingGerman: ({ training, request }) =>
    request === "extension" ? false : training?.isGermanChecked === undefined ? undefined : !training.isGermanChecked,
  isMeasureOrExam: ({ training }) => (training?.path === undefined ? undefined : !isWorkPath(training.path)),
  isWorkForRecognition: ({ training }) => (training?.path === undefined ? undefined : isWorkPath(training.path)),
  seeksTraining: ({ training }) => (training?.seeking === undefined ? undefined : training.seeking === "training"),
  livesOnJob: ({ permanent }) => permanent?.livesOnJob,
  // The self-employed have no pay; they show their taxes (domain 1.8).
  hasBusiness: ({ permanent }) => permanent?.livesOnBusiness ?? false,
  hasOtherIncome: ({ permanent }) => permanent?.livesOnBusiness !== true || permanent.livesOnJob === true,
  isAdult: ({ birth }, law, today) => {
    const majority = lawValue(law, "age.majority");
    return { below: false, reached: true, open: undefined }[
      majority === undefined ? "open" : ageBand(birth, today, majority)
    ];
  },
  countsPension: ({ permanent }) =>
    permanent?.protection === undefined ? undefined : !isRefugee(permanent.protection),
  isPaidByHost: ({ work }) => work?.paidByHost,
  isUnpaidByHost: ({ work }) => (work?.paidByHost === undefined ? undefined : !work.paidByHost),
  hasHomeQualification: ({ work }) => {
    if (work?.itJob) return false;
    return work?.homeQualification === undefined ? undefined : work.homeQualification !== "none";
  },
  isRecognisedAtHome: ({ work }) => {
    if (work?.itJob) return false;
    const own = work?.homeQualification;
    return own === undefined ? undefined : own === "vocational" || own === "academic";
  },
  hasWorkedLong: ({ work }) => {
    const way = work?.toleratedWay;
    return way === undefined ? undefined : way === "foreignDegree" || way === "qualifiedWork";
  },
  showsRecognition: ({ work }) => {
    const { skilled, card, partialRecognition } = work?.opportunity ?? {};
    if (skilled === undefined) return undefined;
    return skilled === "none" && card !== "followUp" ? partialRecognition : skilled === "recognised";
  },
  countsExperience: (situation, law, today) => {
    const { skilled, card } = situation.work?.opportunity ?? {};
    if (skilled === undefined) return undefined;
    if (skilled !== "none" || card === "followUp") return false;
    return pointsOf(situation, law, today)?.lines.some(({ reason }) => reason.startsWith("experience"));
  },
  followsSearch: ({ work }) =>
    work?.opportunity?.card === undefined ? undefined : work.opportunity.card === "followUp",
  isListedQualified: ({ work }) =>
    work?.listedJob === undefined ? undefined : listedQualifiedJobs.includes(work.listedJob),
  isGraduateFounder: ({ work }) => work?.selfEmployment === "graduate",
  isOldForPension: ({ birth }, law, today) => {
    const age = lawValue(law, "age.pension");
    if (birth === undefined || age === undefined) return undefined;
    return { below: false, reached: true, open: undefined }[ageBand(birth, today, age)];
  },
  hasQualifiedWorkers: ({ work }) => work?.workers?.some(({ qualification }) => qualification !== "none"),
  hasRecognisedWorkers: ({ work }) =>
    work?.workers?.some(({ recognition }) => recognition !== undefined && !["applied", "notYet"].includes(recognition)),
  // Enough room is no condition for some (§ 29 Abs. 5, § 36 Abs. 1 AufenthG).
  needsRoom: ({ family }) => !isRoomWaived(family),
  isRoomWaived: ({ family }) => isRoomWaived(family),
  needsCustodyProof: ({ family, birth }, law, today) => {
    const majority = lawValue(law, "age.majority");
    if (majority !== undefined && ageBand(birth, today, majority) === "reached") return false;
    if (family?.custody === undefined) return undefined;
    return family.custody !== "bothParents" || family.otherParentAbroad === true;
  },
  joinsAlone,
  // Of other children of 16 and more the authority may look at school reports all the same (domain 1.10).
  joinsAsOlderChild: (situation, law, today) => {
    const age = lawValue(law, "age.childJoining");
    if (age !== undefined && ageBand(situation.birth, today, age) === "below") return false;
    return joinsAlone(situation, law, today) === true ? true : undefined;
  },
  isSixteen: ({ birth }, law, today) => {
    const age = lawValue(law, "age.childJoining");
    return { below: false, reached: true, open: undefined }[age === undefined ? "open" : ageBand(birth, today, age)];
  },
  isBornKin: ({ family }) => {
    if (family?.isSubsidiaryFamily) return family.relation === undefined ? undefined : family.relation !== "spouse";
    return family?.otherKinship === undefined || family.otherKinship === "otherKin" ? undefined : true;
  },
  isMarriedKin: ({ family }) => {
    if (family?.isSubsidiaryFamily) return family.relation === undefined ? undefined : family.relation === "spouse";
    return family?.otherKinship === undefined ? undefined : family.otherKinship === "parentInLawOfWorker";
  },
  isParentOfWorker: ({ family }) =>
    family?.otherKinship === undefined
      ? undefined
      : family.otherKinship === "parentOfWorker" || family.otherKinship === "parentInLawOfWorker",
  isOtherKin: ({ family }) => {
    if (family?.isSubsidiaryFamily) return false;
    return family?.otherKinship === undefined ? undefined : family.otherKinship === "otherKin";
  },
  hasPassport: ({ protection }) => protection?.hasPassport,
  hasNoPassport: ({ protection }) => (protection?.hasPassport === undefined ? undefined : !protection.hasPassport),
  ...otherConditions,
  ...ukraineConditions,
} as const satisfies Record<string, Rule>;
export type EvidenceCondition = keyof typeof evidenceConditions;
