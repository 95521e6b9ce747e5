/** A task that is done again and again; `stop` resolves when a turn that had begun is over. */
export type Repeated = { stop: () => Promise<void> };

/**
 * Runs `task` again and again with a pause between, never twice at once; after a failure the next turn comes. Milliseconds,
 * the first turn after `firstMs`.
 */
export function repeat(
  pauseMs: number,
  task: () => Promise<void>,
  onError: (error: unknown) => void,
  firstMs = 0,
): Repeated {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const turn = () => {
    running = task()
      .catch(onError)
      .finally(() => {
        if (!stopped) timer = setTimeout(turn, pauseMs);
      });
  };
  if (firstMs > 0) timer = setTimeout(turn, firstMs);
  else turn();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
