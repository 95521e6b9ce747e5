import type { IsoDate } from "#flows/engine/dates.ts";
import type { EvidenceItem, EvidenceList } from "#flows/engine/evidence.ts";
import { evidenceConditions } from "#flows/law/evidence/conditions.ts";
import type { EvidenceRow } from "#flows/law/evidence/rows.ts";
import { evidenceByDefault, evidenceTable } from "#flows/law/evidence/table.ts";
import type { Law } from "#flows/law/law.ts";
import type { Situation } from "#flows/law/situation.ts";

function needOf(row: EvidenceRow, situation: Situation, law: Law, today: IsoDate): EvidenceItem["need"] | undefined {
  if (row.when === undefined) return row.need;
  const holds = evidenceConditions[row.when](situation, law, today);
  if (holds === undefined) return "conditional";
  return holds ? row.need : row.otherwise;
}

/**
 * What a situation asks to be handed in, in the order to show it (domain 1.10). Facts that are not known yet make a row
 * conditional; a service without a row of its own gets the evidence that every service asks.
 */
export function evidenceFor(situation: Situation, law: Law, today: IsoDate): EvidenceList {
  const set = evidenceTable[situation.service] ?? evidenceByDefault;
  const rows = situation.request === "extension" ? (set.extension ?? set.first) : set.first;
  return rows.flatMap((row) => {
    const need = needOf(row, situation, law, today);
    return need === undefined ? [] : [{ code: row.code, alternatives: row.alternatives, need, reason: row.reason }];
  });
}
