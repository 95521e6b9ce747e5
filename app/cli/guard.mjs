// @ts-check
/** Loaded into every child (`--import`): ends it when the supervisor is gone, even after `kill -9` of that one. */

/** Time for an orderly end, in milliseconds; a new start must not have to wait for orphans. */
const GRACE = 700;

if (process.channel) {
  process.on("disconnect", () => {
    setTimeout(() => process.exit(1), GRACE).unref();
    process.kill(process.pid, "SIGTERM");
  });
  process.on("SIGTERM", () => {
    // Keeps the default action (sudden death) away until the program has a handler of its own.
    if (process.listenerCount("SIGTERM") === 1) process.exit(0);
  });
  process.channel.unref();
}
