/** The line of people who came while it was too full. Who came first goes in first. */
export type Line = {
  /** A newcomer comes at this moment (milliseconds since 1970). @returns whether they may go straight in */
  come: (at: number) => boolean;
  /** Whether somebody who came then may go in by now. */
  isCalled: (at: number) => boolean;
  /** Looks at the pressure once a second and calls in as many as it allows. `waitMs`: how long people wait for a page. */
  tick: (now: number, waitMs: number) => void;
  /** How many are believed to wait; who gave up counts until it would be their turn. */
  length: () => number;
};

/** From here on it is too full, below the other there is room for more; in milliseconds that a page takes. */
const FULL_MS = 1_000;
const ROOM_MS = 250;
/** Fewer newcomers a second are no crowd: whatever is slow then, shutting the door would not mend it. */
const CROWD = 10;
/** How many are called in a second at first, at least and at most. */
const FIRST_RATE = 10;
const LEAST_RATE = 1;
const MOST_RATE = 1_000;
/** Pages of the line ask again after so long at most: until then nobody knows whether those who were called are too many. */
export const ASK_AGAIN_MS = 25_000;

/**
 * Opens the line. The door shuts when pages are slow and a crowd is coming, and opens again when nobody waits. People are called
 * while there is room. How many a second rises by a fifth, or halves when it is full, and not again before that is felt, as
 * network protocols share a line.
 */
export function openLine(startedAt: number): Line {
  let isShut = false;
  let rate = FIRST_RATE;
  let changedAt = startedAt;
  let calledUntil = startedAt;
  let cameThisSecond = 0;
  /** Newcomers who were sent away, by the second in which they came, oldest first. */
  const waiting = new Map<number, number>();

  /** Lets so many in, by moving the moment up to which people are called. */
  function call(many: number, now: number): void {
    let left = many;
    for (const [second, count] of waiting) {
      if (left <= 0) return;
      const taken = Math.min(count, left);
      left -= taken;
      if (taken < count) {
        // Part of a second: the first of those in it who have not been called yet.
        const from = Math.max(calledUntil, second);
        calledUntil = from + Math.floor(((second + 1_000 - from) * taken) / count);
        waiting.set(second, count - taken);
        return;
      }
      waiting.delete(second);
      calledUntil = Math.max(calledUntil, second + 999);
    }
    if (waiting.size === 0) {
      isShut = false;
      calledUntil = Math.max(calledUntil, now);
    }
  }

  return {
    come: (at) => {
      cameThisSecond += 1;
      if (!isShut) return true;
      const second = at - (at % 1_000);
      waiting.set(second, (waiting.get(second) ?? 0) + 1);
      return false;
    },
    isCalled: (at) => !isShut || at <= calledUntil,
    tick: (now, waitMs) => {
      const isCrowd = cameThisSecond >= CROWD;
      cameThisSecond = 0;
      if (!isShut) {
        if (waitMs <= FULL_MS || !isCrowd) return;
        isShut = true;
        // Whoever came before that moment is inside.
        calledUntil = now - 1;
        rate = FIRST_RATE;
        changedAt = now;
        return;
      }
      const isRoom = waitMs < ROOM_MS;
      if ((isRoom || waitMs > FULL_MS) && now - changedAt >= ASK_AGAIN_MS) {
        const changed = isRoom ? rate + Math.max(1, Math.floor(rate / 5)) : Math.floor(rate / 2);
        rate = Math.min(MOST_RATE, Math.max(LEAST_RATE, changed));
        changedAt = now;
      }
      // Where pages are never quick people go in nevertheless, one by one.
      if (waitMs <= FULL_MS) call(isRoom ? rate : LEAST_RATE, now);
    },
    length: () => [...waiting.values()].reduce((sum, count) => sum + count, 0),
  };
}
