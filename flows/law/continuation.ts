import type { IsoDate } from "#flows/engine/dates.ts";
import { lawDay, type Law } from "#flows/law/law.ts";

/** Answers on a title by § 24 AufenthG that was valid on the day from which such titles continue. */
const continuing: readonly unknown[] = ["continuing", "continuingOther"];

/** True for a title by § 24 AufenthG that continues by ordinance, whatever date stands on it (UkraineAufenthFGV). */
export function continuesByOrdinance(protectionTitle: unknown): boolean {
  return continuing.includes(protectionTitle);
}

/** The last day of a title: the printed one, or that of the ordinance if it is later and the title continues by it. */
export function lastDay(printed: IsoDate | undefined, continues: boolean, law: Law): IsoDate | undefined {
  const end = continues ? lawDay(law, "date.ukraineContinuation") : undefined;
  return end !== undefined && (printed === undefined || printed < end) ? end : printed;
}
