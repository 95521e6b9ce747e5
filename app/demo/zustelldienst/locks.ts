/** Runs work for the same key one after the other, for different keys side by side. */
export type Locks = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** A set of locks, made on demand and forgotten when idle. */
export function createLocks(): Locks {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = tails.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    tails.set(key, mine);
    try {
      return await mine;
    } finally {
      if (tails.get(key) === mine) tails.delete(key);
    }
  };
}
