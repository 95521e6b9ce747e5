// @ts-check
import { complain } from "./say.mjs";

/**
 * Ends a process in order when asked to; a second signal does not wait.
 * @param {() => Promise<void>} stop
 */
export function drainOnSignal(stop) {
  let isStopping = false;
  const drain = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    stop().then(
      () => process.exit(0),
      (error) => {
        complain(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", drain).on("SIGINT", drain);
}
