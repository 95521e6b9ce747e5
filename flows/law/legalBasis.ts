import type { IsoDate } from "#flows/engine/dates.ts";
import { familyBases } from "#flows/law/basis/family.ts";
import { otherBases } from "#flows/law/basis/other.ts";
import { permanentBases } from "#flows/law/basis/permanent.ts";
import { protectionBases } from "#flows/law/basis/protection.ts";
import { unclear, type LegalBasis, type Rule } from "#flows/law/basis/rule.ts";
import { trainingBases } from "#flows/law/basis/training.ts";
import { workBases } from "#flows/law/basis/work.ts";
import type { Law } from "#flows/law/law.ts";
import type { Situation } from "#flows/law/situation.ts";

/** Suggested norm by service. */
const bases: Readonly<Record<string, Rule>> = {
  ...workBases,
  ...trainingBases,
  ...familyBases,
  ...protectionBases,
  ...permanentBases,
  ...otherBases,
};

/** Titles for work and training that people with a Duldung may have, or that say themselves what they ask of them. */
const forTolerated = ["A-16g", "W-19d", "W-20a"];
/** More findings would only frighten. */
const MOST = 5;

/** During or after an asylum procedure most of these titles take an entitlement (§ 10 AufenthG, § 39 AufenthV). */
function needsEntitlement({ service, request, title, filer }: Situation): boolean {
  if (filer === "employer" || (title.kind !== "gestattung" && title.kind !== "duldung")) return false;
  const isForWorkOrStudy = /^[WA]-/.test(service) && !forTolerated.includes(service);
  return isForWorkOrStudy && (request === "first" || request === "change");
}

/** The norm that the application probably rests on. A service without a row, or facts that fit none, give no basis. */
export function legalBasisFor(situation: Situation, law: Law, today: IsoDate): LegalBasis {
  const found = bases[situation.service]?.(situation, law, today) ?? unclear(undefined);
  if (!needsEntitlement(situation)) return found;
  return unclear(found.basis, ...(["entitlementOnly", ...found.findings] as const).slice(0, MOST));
}
