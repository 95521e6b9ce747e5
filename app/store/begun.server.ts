import type { Db } from "#app/db.server.ts";
import { changeCase, findCase, type BegunReply } from "#app/store/cases.server.ts";
import type { Holder } from "#app/store/holder.server.ts";

/** What was written and handed in for a letter and not sent yet. */
export function begunOf(
  { copy }: { copy: { begun: Readonly<Record<string, BegunReply>> } },
  letter: string,
): BegunReply {
  return copy.begun[letter] ?? { text: "", files: [] };
}

/**
 * Changes an answer that is being written, in one transaction: of two pages that are saved at once none loses what the other
 * added. `undefined` from `change` leaves it as it is. @returns the answer as it is now; undefined if the case is gone
 */
export async function changeBegun(
  db: Db,
  holder: Holder,
  { letter, now }: { letter: string; now: Date },
  change: (begun: BegunReply) => BegunReply | undefined,
): Promise<BegunReply | undefined> {
  return db.transaction(async (tx) => {
    const found = await findCase(tx, holder, now, true);
    if (!found) return undefined;
    const before = begunOf(found, letter);
    const begun = change(before);
    if (!begun) return before;
    await changeCase(tx, holder, found.id, {
      copy: { ...found.copy, begun: { ...found.copy.begun, [letter]: begun } },
    });
    return begun;
  });
}
