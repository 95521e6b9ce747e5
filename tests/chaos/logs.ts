import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** What the output of all parts shows at the end. */
export type LogFindings = {
  /** Lines that no process should ever write, each with its file. */
  surprises: string[];
  /** Files in which the name of an applicant stands. */
  personal: string[];
  /** How often each code was logged as a warning or an error. */
  codes: Record<string, number>;
};

/** How Node says goodbye to a process that did not catch something, and other signs of a mistake in the program. */
const SURPRISE = /unhandled|uncaught|^Node\.js v\d|heap out of memory|MaxListenersExceeded/i;
const WARNING = 40;
const entry = z.looseObject({ level: z.number(), code: z.string() });

function codeOf(line: string): string | undefined {
  try {
    const { level, code } = entry.parse(JSON.parse(line));
    return level >= WARNING ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Reads everything that was printed, looking for surprises and for the names of applicants. */
export function readLogs(folder: string, names: readonly string[]): LogFindings {
  const found: LogFindings = { surprises: [], personal: [], codes: {} };
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), "utf8");
    if (names.some((name) => text.includes(name))) found.personal.push(file);
    for (const line of text.split("\n")) {
      const code = codeOf(line);
      if (code !== undefined) found.codes[code] = (found.codes[code] ?? 0) + 1;
      else if (SURPRISE.test(line)) found.surprises.push(`${file}: ${line.slice(0, 200)}`);
    }
  }
  return found;
}
