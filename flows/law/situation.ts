import type { IsoDate, PartialDate } from "#flows/engine/dates.ts";

/** What the person holds now (triage T6). */
export const titleKinds = [
  "none",
  "schengenVisa",
  "nationalVisa",
  "residencePermit",
  "blueCard",
  "ictCard",
  "settlementPermit",
  "euLongTerm",
  "fiktion",
  "gestattung",
  "duldung",
  "otherEuTitle",
  "noStatus",
] as const;
export type TitleKind = (typeof titleKinds)[number];

/** What the person wants (triage T8). */
export const requestKinds = [
  "first",
  "extension",
  "change",
  "permanent",
  "condition",
  "card",
  "travelDocument",
  "certificate",
] as const;
export type RequestKind = (typeof requestKinds)[number];

/** What ended before the search for work (§ 20 Abs. 1 AufenthG). */
export const searchExits = ["study", "research", "training", "recognition", "careAssistant"] as const;

/** What the applicant is to the family member in Germany (§ 28 Abs. 1 AufenthG). */
export const kinships = ["spouse", "child", "parent"] as const;

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
  /** IT occupation with at least three years of experience in the last seven and no degree (§ 18g Abs. 2). */
  itWithoutDegree?: boolean;
  regulatedProfession?: boolean;
  /** Another employer than the one of the current title. */
  employerChanged?: boolean;
  /** Never held a title of § 18a or § 18b AufenthG before (§ 18 Abs. 2 Nr. 5). */
  firstSkilledTitle?: boolean;
  start?: IsoDate;
  /** End of a fixed-term contract; missing = permanent. */
  end?: IsoDate;
};

/** What a person without full pay lives on, in cents. */
export type MeansSituation = { monthlyCents: number; savingsCents: number };

/** Husband, wife, child or parent of a German, as far as the law asks for it. */
export type FamilySituation = {
  relation?: (typeof kinships)[number];
  /** Birth of the family member whom the title depends on. */
  referenceBirth?: PartialDate;
  /** German is among the nationalities of that family member. */
  isReferenceGerman?: boolean;
  separated?: boolean;
  /** Knows German at level A1 at least. */
  speaksGerman?: boolean;
  /** One of the exceptions from A1 holds (§ 30 Abs. 1 S. 2, 3 AufenthG). */
  languageException?: boolean;
};

/** Why a new card is wanted (§ 45c AufenthV); `ownFault` belongs to a broken chip. */
export type CardSituation = {
  reason: "newPassport" | "data" | "addressOnly" | "expired" | "lost" | "defect";
  ownFault?: boolean;
};

/** The facts that the law engines look at, whatever service they come from. Missing = not known yet. */
export type Situation = {
  service: string;
  request: RequestKind;
  birth?: PartialDate;
  nationalities: readonly string[];
  title: { kind: TitleKind; validUntil?: IsoDate };
  /** Current entry into Germany. */
  entry?: IsoDate;
  /** Lives on SGB II, SGB XII or AsylbLG (§ 53 AufenthV). */
  onBenefits?: boolean;
  /** Scholarship from public funds (§ 52 Abs. 5 AufenthV). */
  publicScholarship?: boolean;
  /** Recognised refugee, asylum, subsidiary protection, resettlement (§ 52 Abs. 3 AufenthV). */
  protectedStatus?: boolean;
  /** Turkish worker or family with association rights (§ 52a AufenthV). */
  turkishAssociation?: boolean;
  /** Extension wanted for at most three months (§ 45 Nr. 2 a AufenthV). */
  shortExtension?: boolean;
  postalDelivery?: boolean;
  /** The authority takes the photo. */
  photoAtAuthority?: boolean;
  /** Who files for the applicant (architecture 5). */
  filer?: "self" | "parent" | "guardian" | "attorney" | "employer" | "host" | "helper";
  /** Holds the opportunity right of residence (§ 104c AufenthG). */
  opportunityRight?: boolean;
  searchAfter?: (typeof searchExits)[number];
  /** Studies last longer than planned, were interrupted or changed in subject (§ 16b Abs. 2 AufenthG). */
  studyDelayed?: boolean;
  means?: MeansSituation;
  family?: FamilySituation;
  card?: CardSituation;
  work?: WorkSituation;
};

/** True for the service of temporary protection (§ 24 AufenthG), which has fees and periods of its own. */
export function isTemporaryProtection(service: string): boolean {
  return service === "H-24" || service.startsWith("UA");
}
