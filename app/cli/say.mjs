// @ts-check

/** A foreseen obstacle: its message tells a person what is wrong and what to do; no stack trace is shown. */
export class Obstacle extends Error {}

/**
 * Prints one line of plain English for the person at the terminal.
 * @param {string} line
 */
export const say = (line) => console.log(line);

/**
 * Prints why a command cannot go on. Surprises keep their stack, obstacles do not.
 * @param {unknown} error
 */
export function complain(error) {
  console.error(error instanceof Obstacle ? `\nStopped: ${error.message}` : error);
}
