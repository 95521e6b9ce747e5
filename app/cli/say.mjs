// @ts-check

/** A foreseen obstacle: its message tells a person what is wrong and what to do; no stack trace is shown. */
export class Obstacle extends Error {}

/**
 * Prints one line of plain English for the person at the terminal.
 * @param {string} line
 */
export const say = (line) => console.log(line);

/** Codes of errors of the service that are the operator's to solve; their message says how. */
const FORESEEN = new Set(["envInvalid", "configInvalid", "databaseUnusable"]);

/**
 * Prints why a command cannot go on. Surprises keep their stack, obstacles do not.
 * @param {unknown} error
 */
export function complain(error) {
  const isForeseen = error instanceof Error && "code" in error && FORESEEN.has(String(error.code));
  if (error instanceof Obstacle || isForeseen) console.error(`\nStopped: ${error.message}`);
  else console.error(error);
}
