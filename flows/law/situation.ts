import type { IsoDate, PartialDate } from "#flows/engine/dates.ts";
import type { CardSituation } from "#flows/law/situations/card.ts";
import type { FamilySituation } from "#flows/law/situations/family.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";
import type { PermanentSituation } from "#flows/law/situations/permanent.ts";
import type { ProtectionSituation } from "#flows/law/situations/protection.ts";
import type { TrainingSituation } from "#flows/law/situations/training.ts";
import type { UkraineSituation } from "#flows/law/situations/ukraine.ts";
import type { searchExits, WorkSituation } from "#flows/law/situations/work.ts";

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

/** What a person without full pay lives on, in cents. */
export type MeansSituation = { monthlyCents: number; savingsCents: number };

/** The facts that the law engines look at, whatever service they come from. Missing = not known yet. */
export type Situation = {
  service: string;
  request: RequestKind;
  birth?: PartialDate;
  nationalities: readonly string[];
  title: {
    kind: TitleKind;
    validUntil?: IsoDate;
    /** Continues by ordinance, whatever date stands on it (UkraineAufenthFGV). */
    continues?: boolean;
  };
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
  training?: TrainingSituation;
  protection?: ProtectionSituation;
  ukraine?: UkraineSituation;
  permanent?: PermanentSituation;
  other?: OtherSituation;
};

/** True for the service of temporary protection (§ 24 AufenthG), which has fees and periods of its own. */
export function isTemporaryProtection(service: string): boolean {
  return service === "H-24" || service.startsWith("UA");
}
