import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks again and again until `isDone` likes the answer; an error counts as not yet.
 * @throws with the last answer after `deadlineMs` milliseconds
 */
export async function until<T>(ask: () => Promise<T>, isDone: (answer: T) => boolean, deadlineMs = 30_000): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const answer = await ask();
      if (isDone(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await pause(50);
  }
  throw new Error(
    `Not reached within ${deadlineMs} ms; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`,
  );
}
