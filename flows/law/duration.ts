import { addMonths, type IsoDate } from "#flows/engine/dates.ts";
import type { Law } from "#flows/law/law.ts";

/** The day on which a period of the law, counted in months or years from a day, is over; `undefined` without its row. */
function endOf(from: IsoDate, law: Law, id: string): IsoDate | undefined {
  const row = law[id];
  if (row?.unit === "months") return addMonths(from, row.value);
  return row?.unit === "years" ? addMonths(from, row.value * 12) : undefined;
}

/** True if a period of the law is not reached between two days; `undefined` if day or row is missing. */
export function isShorterThan(
  from: IsoDate | undefined,
  until: IsoDate | undefined,
  law: Law,
  id: string,
): boolean | undefined {
  const end = from === undefined ? undefined : endOf(from, law, id);
  return end === undefined || until === undefined ? undefined : until < end;
}
