import { continuesByOrdinance } from "#flows/law/continuation.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";

type CommonAnswers = TriageAnswers & {
  representativeRole?: "parent" | "guardian" | "attorney";
  dateOfBirth?: string;
  entryDateCurrent?: string;
  onBenefits?: boolean;
  postalDelivery?: boolean;
  photoCode?: boolean;
  turkishAssociation?: "yes" | "no" | "unsure";
};

/** In which role the application is filed, as long as the representative has not said it (§ 80 AufenthG). */
const roles = {
  self: "self",
  child: "parent",
  ward: "guardian",
  other: "attorney",
  employee: "employer",
  guest: "host",
} as const;

/** The facts that every residence service asks in the same words, with what the service knows besides. */
export function situationOf(service: string, answers: CommonAnswers, own: Partial<Situation> = {}): Situation {
  return {
    service,
    filer: answers.representativeRole ?? roles[answers.applicantIs ?? "self"],
    request: answers.request ?? "first",
    ...(answers.dateOfBirth === undefined ? {} : { birth: answers.dateOfBirth }),
    nationalities: answers.nationalities ?? [],
    title: {
      kind: answers.currentTitleType ?? "none",
      ...(answers.titleValidUntil === undefined ? {} : { validUntil: answers.titleValidUntil }),
      ...(continuesByOrdinance(answers.protectionTitle) ? { continues: true } : {}),
    },
    ...(answers.entryDateCurrent === undefined ? {} : { entry: answers.entryDateCurrent }),
    onBenefits: answers.onBenefits ?? false,
    ...(answers.photoCode === false ? { photoAtAuthority: true } : {}),
    ...(answers.turkishAssociation === "yes" ? { turkishAssociation: true } : {}),
    ...(answers.protectionGoal === "opportunityRight" ? { opportunityRight: true } : {}),
    postalDelivery: answers.postalDelivery ?? false,
    ...own,
  };
}
