import type { IsoDate } from "#flows/engine/dates.ts";
import { ageBand } from "#flows/law/age.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import { isSection26, isWesternBalkans } from "#flows/law/nationals.ts";
import type { Situation } from "#flows/law/situation.ts";

/** Titles with a rule for people of 45 and older (§ 18 Abs. 2 Nr. 5 AufenthG, § 1 Abs. 2 BeschV). */
function hasPensionRule({ service, work, nationalities }: Situation): boolean {
  if (service !== "W-19c1") return ["W-18a", "W-18b", "W-19c2"].includes(service);
  const isBalkanRule = isWesternBalkans(nationalities) && !isSection26(nationalities);
  return work?.listedJob === "driver" || (work?.listedJob === "nationality" && isBalkanRule);
}

/**
 * True if old-age provision must be shown, `undefined` while age, salary or the threshold are not known. It is asked for
 * the first title as a skilled worker only, be it the first one at all or after a title for another purpose.
 */
export function needsPensionProof(situation: Situation, law: Law, today: IsoDate): boolean | undefined {
  const { birth, work, request } = situation;
  if (!hasPensionRule(situation)) return false;
  if ((request !== "first" && request !== "change") || work?.firstSkilledTitle === false) return false;
  const [age, threshold] = [lawValue(law, "age.pension"), lawValue(law, "salary.age45")];
  if (age === undefined) return undefined;
  const band = ageBand(birth, today, age);
  if (band === "below") return false;
  if (threshold === undefined || work?.annualGrossCents === undefined) return undefined;
  if (work.annualGrossCents >= threshold) return false;
  return band === "reached" ? true : undefined;
}
