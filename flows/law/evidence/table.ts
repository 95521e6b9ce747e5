import { familyEvidence } from "#flows/law/evidence/family.ts";
import { otherEvidence } from "#flows/law/evidence/other.ts";
import { permanentEvidence } from "#flows/law/evidence/permanent.ts";
import { protectionEvidence } from "#flows/law/evidence/protection.ts";
import { base, regOptional, type EvidenceSet } from "#flows/law/evidence/rows.ts";
import { trainingEvidence } from "#flows/law/evidence/training.ts";
import { workEvidence } from "#flows/law/evidence/work.ts";

/** The matrix of domain 1.10 by service. */
export const evidenceTable: Readonly<Record<string, EvidenceSet>> = {
  ...workEvidence,
  ...trainingEvidence,
  ...familyEvidence,
  ...protectionEvidence,
  ...permanentEvidence,
  ...otherEvidence,
};

/** What every other service asks: who it is, what they hold, where they live. */
export const evidenceByDefault: EvidenceSet = { first: [...base, regOptional] };
