import { setTimeout as pause } from "node:timers/promises";
import { fillIn, personOf, type Filing, type Person, type Ready } from "./person.ts";
import { GivenUp } from "./patience.ts";
import { randomFrom } from "./random.ts";

/** How many people fill in pages at the same time; more would only wait for the processor. */
const AT_ONCE = 3;

/** What people did: their filings, their names, and what was refused to them without reason. */
export type Ledger = { filings: Filing[]; names: string[]; complaints: string[] };

/** All people of a run. */
export type People = {
  /** Lets so many fill in everything in calm weather, who press "submit" later. */
  prepare: (count: number) => Promise<void>;
  /**
   * Lets the prepared ones press at even distances in so many milliseconds, and others file one application after the other
   * beside them, until the storm is over. Resolves when all that was begun is finished.
   */
  file: (stormMs: number) => Promise<void>;
};

const sideBySide = (work: () => Promise<void>) => Promise.all(Array.from({ length: AT_ONCE }, work));

/** `isCalm` ends what is begun anew, `isOver` also what is under way. */
export function peopleOf(
  url: string,
  seed: number,
  ledger: Ledger,
  { isCalm, isOver }: { isCalm: () => boolean; isOver: () => boolean },
): People {
  const ready: Ready[] = [];
  let count = 0;

  function nextPerson(): Person {
    const person = personOf(randomFrom(seed).branch(count));
    count += 1;
    ledger.names.push(person.name);
    return person;
  }

  /** Keeps what the service refuses; who gave up is seen by what is missing. */
  async function noting(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (error instanceof GivenUp) return;
      ledger.complaints.push(`a person was refused: ${error instanceof Error ? error.message : "unknown"}`);
    }
  }

  const fill = async () => void ready.push(await fillIn(url, nextPerson(), isOver));
  const fileOne = async () => (await fillIn(url, nextPerson(), isOver))(ledger.filings);

  return {
    prepare: async (wanted) => {
      const turns = Array.from({ length: wanted }, () => fill).values();
      await sideBySide(async () => {
        for (const turn of turns) await noting(turn());
      });
    },
    file: async (stormMs) => {
      const distance = stormMs / (ready.length + 1);
      const pressing = ready.map(async (press, index) => {
        await pause(distance * (index + 1));
        if (!isOver()) await noting(press(ledger.filings));
      });
      const filling = sideBySide(async () => {
        while (!isCalm()) await noting(fileOne());
      });
      await Promise.all([...pressing, filling]);
    },
  };
}
