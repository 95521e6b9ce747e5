import type { IsoDate } from "#flows/engine/dates.ts";

/** What is to change in the permission to work (§ 4a AufenthG). */
export const employmentWishes = ["allow", "newEmployer", "secondJob", "otherJob"] as const;

/** Reasons to end the obligation to live in a place (§ 12a Abs. 5 AufenthG). */
export const residenceReasons = ["job", "training", "study", "course", "family", "hardship"] as const;

/** Protection that a person was granted in Germany (§ 52 Abs. 3 AufenthV, §§ 4, 5 AufenthV). */
export const protectionStatuses = ["asylum", "refugee", "subsidiary", "resettlement", "noProtection"] as const;

/** What allows a host to live in Germany (§ 68 AufenthG). */
export const hostStatuses = ["germanCitizen", "unionCitizen", "unlimitedTitle", "limitedTitle"] as const;

/** What a Union citizen does in Germany (§ 2 Abs. 2 FreizügG/EU). */
export const unionStatuses = ["worker", "selfEmployed", "jobSeeker", "student", "nonWorking"] as const;

/** Family members of a Union citizen (§ 1 Abs. 2 Nr. 3 FreizügG/EU). */
export const unionKinships = ["spouse", "childUnder21", "child21", "parent"] as const;

/** Close persons of a Union citizen (§ 1 Abs. 2 Nr. 4 FreizügG/EU). */
export const closeKinships = ["dependentRelative", "sameHousehold", "seriousHealth", "fosterChild", "partner"] as const;

/** Main reasons for a toleration (§§ 60a to 60d AufenthG). */
export const tolerationReasons = ["noPassport", "training", "job", "health", "family", "otherReason"] as const;

/** Conditions, papers, free movement and toleration as far as the law asks for them. Missing = not known yet. */
export type OtherSituation = {
  /** C-RES: why the obligation is to end, with job, income and flat at the new place. */
  residenceReason?: (typeof residenceReasons)[number];
  movingWeeklyHours?: number;
  movingNetCents?: number;
  hasNewFlat?: boolean;
  /** D-CARD-L and travel documents: how the document was lost. */
  lossKind?: "lost" | "stolen";
  policeReported?: boolean;
  eidBlocked?: boolean;
  /** D-FIKT: since when the application is open, and whether the person travels. */
  pendingSince?: IsoDate;
  plansTravel?: boolean;
  /** Travel documents: what the person holds of protection, of statelessness, and whether the passport is valid. */
  protectionStatus?: (typeof protectionStatuses)[number];
  statelessness?: "found" | "applied" | "notFound";
  holdsValidPassport?: boolean;
  /** D-AE: more time for the present paper. */
  renewal?: boolean;
  /** D-VE: who the host is, what they live on, how many guests there are. */
  hostStatus?: (typeof hostStatuses)[number];
  hostHasJob?: boolean;
  hostTitleValidUntil?: IsoDate;
  visitTo?: IsoDate;
  guests?: number;
  /** Free movement: what the Union citizen does, and who the applicant is. */
  unionStatus?: (typeof unionStatuses)[number];
  unionKinship?: (typeof unionKinships)[number];
  livesHereSince?: IsoDate;
  /** Times abroad of more than six months. */
  wasAway?: boolean;
  /** G-DULD, G-GEST. */
  tolerationReason?: (typeof tolerationReasons)[number];
  trainingStart?: IsoDate;
  hasNoPassport?: boolean;
  inReceptionCentre?: boolean;
};
