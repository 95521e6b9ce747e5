import type { IsoDate } from "#flows/engine/dates.ts";
import type { LanguageLevel } from "#flows/law/languageLevel.ts";
import type { OpportunitySituation } from "#flows/law/situations/opportunity.ts";

/** What ended before the search for work, in the order of the numbers of § 20 Abs. 1 AufenthG. */
export const searchExits = ["study", "research", "training", "recognition", "careAssistant"] as const;

/** Jobs that the BeschV names with conditions of their own (§ 19c Abs. 1 AufenthG). */
export const listedJobs = [
  "auPair",
  "specialistCook",
  "nationality",
  "driver",
  "careAssistant",
  "languageTeacher",
  "executive",
  "scientificStaff",
  "staffExchange",
  "internship",
  "religious",
  "athlete",
  "artist",
  "otherListed",
] as const;
export type ListedJob = (typeof listedJobs)[number];
/** Those of them that the BeschV gives to people with a qualification for them (§§ 5, 11, 22a BeschV). */
export const listedQualifiedJobs: readonly ListedJob[] = [
  "specialistCook",
  "careAssistant",
  "languageTeacher",
  "scientificStaff",
];

/** Qualifications that count without a recognition in Germany (§ 6 BeschV, § 20a Abs. 4 AufenthG). */
export const homeQualifications = ["vocational", "academic", "chamber", "none"] as const;
type HomeQualification = (typeof homeQualifications)[number];

/** What a tolerated worker builds on (§ 19d Abs. 1 Nr. 1, Abs. 1a AufenthG). */
export const toleratedWays = ["german", "foreignDegree", "qualifiedWork", "trainingToleration"] as const;

/** Kinds of self-employment (§ 21 Abs. 1, 2a, 5 AufenthG). */
export const selfEmployments = ["business", "graduate", "freelance"] as const;

/** A worker whom an employer wants to bring here (§ 81a AufenthG). */
export type WorkerAbroad = {
  country?: string;
  qualification?: "academic" | "vocational" | "none";
  recognition?: "recognised" | "comparable" | "partial" | "applied" | "notYet";
};

/** The person's job as far as the law asks for it. */
export type WorkSituation = {
  /** Gross pay a year in cents. */
  annualGrossCents?: number;
  /** Highest qualification: degree from Germany, foreign one comparable or recognised, foreign one not yet, none. */
  degree?: "german" | "foreignComparable" | "foreignUnclear" | "none";
  /** Degree obtained not more than three years ago (§ 18g Abs. 1 S. 2 Nr. 2). */
  newGraduate?: boolean;
  /** Occupation of a shortage group (§ 18g Abs. 1 S. 2 Nr. 1). */
  shortageOccupation?: boolean;
  /** An IT occupation; asked of those without a recognised qualification only. */
  itJob?: boolean;
  /** IT occupation with at least three years of experience in the last seven and no degree (§ 18g Abs. 2). */
  itWithoutDegree?: boolean;
  /** Holds a Blue Card of another member state (§§ 18h, 18i). */
  otherBlueCard?: boolean;
  regulatedProfession?: boolean;
  /** Another employer than the one of the current title. */
  employerChanged?: boolean;
  /** Never held a title of § 18a or § 18b AufenthG before (§ 18 Abs. 2 Nr. 5). */
  firstSkilledTitle?: boolean;
  start?: IsoDate;
  /** End of a fixed-term contract; missing = permanent. */
  end?: IsoDate;
  /** The research institution pays a salary. */
  paidByHost?: boolean;
  /** It answers for costs of public bodies, or lives on public funds (§ 18d Abs. 1 Nr. 2, Abs. 2). */
  costsCovered?: boolean;
  listedJob?: ListedJob;
  homeQualification?: HomeQualification;
  /** Whole years of fitting work in the last five. */
  yearsOfFive?: number;
  /** The employer is bound by a collective agreement and pays by it (§ 6 BeschV). */
  paysByTariff?: boolean;
  toleratedWay?: (typeof toleratedWays)[number];
  identityClarified?: boolean;
  german?: LanguageLevel;
  selfEmployment?: (typeof selfEmployments)[number];
  opportunity?: OpportunitySituation;
  workers?: readonly WorkerAbroad[];
  /** The workers have given the employer a power of attorney (§ 81a Abs. 1). */
  powerOfAttorney?: boolean;
};
