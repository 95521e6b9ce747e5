/** What one delivery may hold of a room; it has one thing in hand at a time. */
export type Share = {
  /** Puts down what it had and waits until there is room for this much. */
  take: (size: number) => Promise<void>;
  /** Puts down what it had and waits for nothing any more. */
  leave: () => void;
};

/**
 * Memory that deliveries share, so that many large files are never in it at once. Who comes first is served first; something
 * larger than the whole room has it for itself.
 */
export type Room = { share: () => Share };

type Waiting = { size: number; enter: () => void; giveUp: () => void };

/** Makes a room of a size, in the unit of what is taken. */
export function createRoom(capacity: number): Room {
  const queue: Waiting[] = [];
  let used = 0;
  const admit = () => {
    for (let next = queue[0]; next && used + next.size <= capacity; next = queue[0]) {
      queue.shift();
      used += next.size;
      next.enter();
    }
  };
  return {
    share: () => {
      let has = 0;
      let wanted: Waiting | undefined;
      const leave = () => {
        if (wanted) {
          queue.splice(queue.indexOf(wanted), 1);
          // Whoever puts down before it could take must not be waited for for ever.
          wanted.giveUp();
        }
        wanted = undefined;
        used -= has;
        has = 0;
        admit();
      };
      const take = (size: number) => {
        leave();
        const fitting = Math.min(size, capacity);
        const { promise, resolve } = Promise.withResolvers<void>();
        const enter = () => {
          wanted = undefined;
          has = fitting;
          resolve();
        };
        wanted = { size: fitting, enter, giveUp: resolve };
        queue.push(wanted);
        admit();
        return promise;
      };
      return { take, leave };
    },
  };
}
