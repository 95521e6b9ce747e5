import { lawValue, type Law } from "#flows/law/law.ts";
import type { MeansSituation } from "#flows/law/situation.ts";

/** True if means lie below a monthly need, savings counted over a year; unknown amounts tell nothing (§ 2 Abs. 3 AufenthG). */
export function areMeansBelow(means: MeansSituation | undefined, need: number | undefined): boolean {
  return means !== undefined && need !== undefined && means.monthlyCents + means.savingsCents / 12 < need;
}

/** True if the pay of vocational training covers the monthly need; `undefined` without pay or row (§ 16a AufenthG). */
export function coversTrainingNeed(monthlyPayCents: number | undefined, law: Law): boolean | undefined {
  const need = lawValue(law, "living.training");
  return need === undefined || monthlyPayCents === undefined ? undefined : monthlyPayCents >= need;
}
