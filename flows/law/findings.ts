/*
 * What the authority is likely to look at more closely, by the part of the law; the words are `law:finding.<code>`. No
 * finding blocks anybody.
 */

/** Titles for work. */
const workFindings = [
  "salaryBelowBlueCard",
  "salaryUnknown",
  "thresholdUnknown",
  "lowerThresholdOpen",
  "employmentAgencyApproval",
  "degreeUnclear",
  "degreeMissing",
  "degreeOpen",
  "jobTooShort",
  "licenceNeeded",
  "pensionProof",
  "qualificationMissing",
  "searchLimited",
  "researchCosts",
  "listedJobOpen",
  "nationalityRule",
  "auPairAge",
  "experienceShort",
  "salaryBelowExperienced",
  "homeQualificationMissing",
  "notTolerated",
  "toleratedGerman",
  "identityOpen",
  "voluntaryTooLong",
  "pointsTooFew",
  "pointsOpen",
  "pointsLanguage",
  "opportunityFromAbroad",
  "opportunityMeansLow",
  "searchCardLimited",
  "pensionSelfEmployed",
  "powerOfAttorneyMissing",
  "workerInGermany",
  "workersMissing",
] as const;

/** Studies and training. */
const trainingFindings = [
  "meansLow",
  "meansBelowNeed",
  "germanBelowB1",
  "contractUnregistered",
  "deficitNoticeMissing",
  "planTooLong",
  "courseHoursLow",
  "schoolGradeLow",
  "tolerationNeeded",
  "searchAge",
  "universityAccessMissing",
  "placeSearchLimited",
] as const;

/** Family. */
const familyFindings = [
  "familyReunionSuspended",
  "languageMissing",
  "spousesAge",
  "livingApart",
  "childNotMinor",
  "referenceNotGerman",
  "referenceTitleMissing",
  "reunionRestricted",
  "refugeeFamily",
  "sharedLifeShort",
  "hardshipExamined",
  "otherParentConsent",
  "olderChild",
  "notBornHere",
  "skilledTitleEarlier",
] as const;

/** Protection. */
const protectionFindings = [
  "decisionOpen",
  "youthAge",
  "stayTooShort",
  "tolerationTooShort",
  "schoolMissing",
  "germanBelowA2",
  "livelihoodNotFromWork",
  "leftUkraineEarly",
  "protectionElsewhere",
  "registerFirst",
  "otherTitleHeld",
  "custodyOpen",
] as const;

/** Permanent titles. */
const permanentFindings = [
  "timeNotReached",
  "pensionMonthsLow",
  "germanBelowA1",
  "lifeTestMissing",
  "longAbsence",
  "incomeOpen",
  "titleWithoutSettlement",
  "hoursLow",
] as const;

/** Conditions, papers, free movement, toleration. */
const otherFindings = [
  "workAlreadyAllowed",
  "residenceHoursLow",
  "residenceIncomeLow",
  "cardOfLimitedTitle",
  "blockOnlineFunction",
  "reportTheft",
  "travelOnCertificate",
  "refugeesOnly",
  "refugeeDocument",
  "statelessnessOpen",
  "passportStillValid",
  "guestsMissing",
  "hostTitleEndsFirst",
  "fiveYearsOpen",
  "unionAbsence",
  "cameAfter2020",
  "trainingTooEarly",
  "jobEntryLate",
  "receptionCentreBamf",
  "entitlementOnly",
] as const;

/** All codes of findings. */
export const findingCodes = [
  ...workFindings,
  ...trainingFindings,
  ...familyFindings,
  ...protectionFindings,
  ...permanentFindings,
  ...otherFindings,
] as const;
export type FindingCode = (typeof findingCodes)[number];
