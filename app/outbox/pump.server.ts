import type { PgBoss } from "pg-boss";
import { OUTBOX_QUEUE } from "#app/db.server.ts";
import type { Due } from "#app/outbox/due.server.ts";

/** Works through what the queue wakes it for. */
export type Pump = {
  /** Looks into the queue now and not only when it would anyway: somebody knows that there is something. */
  look: () => void;
  /** Takes nothing more and waits for what is under way, at most so many milliseconds. @returns whether all of it ended */
  stop: (patienceMs: number) => Promise<boolean>;
};

export type PumpOptions = {
  boss: PgBoss;
  /** Messages that are worked on at the same time. */
  slots: number;
  /** How many of them may go to one receiver: one that answers slowly never takes all. */
  ofEach: number;
  /** Works on a message; does not reject. */
  work: (id: string) => Promise<unknown>;
  onError: (error: unknown) => void;
};

// One question for the whole process; a filing is on its way within this time.
const POLL_MS = 500;
// More than there are hands for: jobs of a receiver that is served already must not hide those of others behind them.
const FETCHED = 64;

const nothing = (): void => undefined;

/**
 * Starts taking messages from the queue. A job is an alarm and gone as soon as it rang: the rows of the outbox are the truth,
 * and one that is still due rings again. So nothing piles up in the queue, whatever happens to a process or a receiver.
 */
export function startPump({ boss, slots, ofEach, work, onError }: PumpOptions): Pump {
  const running = new Map<string, { destination: string; done: Promise<unknown> }>();
  let next: Due[] = [];
  const now = { isStopping: false, isRung: false, wake: nothing };

  function canBegin({ id, destination }: Due): boolean {
    const same = [...running.values()].filter((entry) => entry.destination === destination);
    return running.size < slots && same.length < ofEach && !running.has(id);
  }

  /** Begins with what has a free hand. @returns how many */
  function begin(): number {
    const before = next.length;
    next = next.filter((due) => {
      if (!canBegin(due)) return true;
      const done = work(due.id).finally(() => {
        running.delete(due.id);
        now.wake();
      });
      running.set(due.id, { destination: due.destination, done });
      return false;
    });
    return before - next.length;
  }

  async function fetchMore(): Promise<void> {
    const jobs = await boss.fetch<{ id: string }>(OUTBOX_QUEUE, { batchSize: FETCHED, includeMetadata: true });
    if (jobs.length === 0) return;
    const ids = jobs.map(({ id }) => id);
    await boss.deleteJob(OUTBOX_QUEUE, ids);
    next = jobs.map(({ data, groupId }) => ({ id: data.id, destination: groupId ?? "" }));
  }

  /** Resolves when a hand is free again, or after a while. */
  function untilChange(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      now.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function loop(): Promise<void> {
    while (!now.isStopping) {
      begin();
      // With all hands full there is no use in knowing what comes next.
      if (running.size < slots) await fetchMore().catch(onError);
      if (!now.isStopping && begin() === 0 && !now.isRung) await untilChange();
      now.isRung = false;
    }
  }

  const looping = loop();
  return {
    look: () => {
      now.isRung = true;
      now.wake();
    },
    stop: async (patienceMs) => {
      now.isStopping = true;
      now.wake();
      await looping;
      const all = Promise.all([...running.values()].map(({ done }) => done)).then(() => true);
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const timer = setTimeout(resolve, patienceMs, false);
      return Promise.race([all, promise]).finally(() => clearTimeout(timer));
    },
  };
}
