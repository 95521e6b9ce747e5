/** One thing that is wrong in a configuration file: where, what, and what to do about it. */
export type Problem = {
  /** Path below the project's root. */
  file: string;
  line: number;
  /** Key path as in `contact.phoneHours.0.from`; empty when it is about the whole file. */
  key: string;
  what: string;
  remedy: string;
};

function sentence({ file, line, key, what, remedy }: Problem): string {
  return `- ${file}, line ${line}${key && `, ${key}`}: ${what}${/[.?]$/.test(what) ? "" : "."} ${remedy}`;
}

/** The configuration cannot be used; `problems` has everything that is wrong in all files. Trying again never helps. */
export class ConfigError extends Error {
  readonly code = "configInvalid";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super([`The configuration cannot be used: ${count}.`, ...problems.map(sentence)].join("\n"));
    this.name = "ConfigError";
    this.problems = problems;
  }
}
