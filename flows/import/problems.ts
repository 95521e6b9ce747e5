import type { ErrorCode } from "#flows/engine/fields.ts";

/** Why a file as a whole cannot be read. Pages say it as `import:file.<code>`. */
export const fileCodes = [
  "empty",
  "onlyHeader",
  "tooLarge",
  "tooManyRows",
  "spreadsheet",
  "encoding",
  "separator",
  "quotes",
  "json",
  "jsonList",
  "headerMissing",
  "headerUnknown",
  "headerTwice",
] as const;

/** What is wrong with a whole file: columns by name, or the line that it is about. */
export type FileProblem = { code: (typeof fileCodes)[number]; columns?: readonly string[]; line?: number };

/**
 * Why a person of a file cannot be taken, as `import:errors.<code>`. Some are codes of fields, which need other words about a cell
 * than on a page; all others of these have those of the pages (`errors:<code>`).
 */
export const importCodes = [
  "columns",
  "yesNo",
  "choice",
  "country",
  "date",
  "latinCyrillic",
  "familyMissing",
  "relationUnknown",
  "firstMissing",
  "firstTwice",
  "sameTwice",
  "tooManyPersons",
  "otherAddress",
  "notDeclared",
  "notInFile",
  "unaccompaniedMinor",
  "registrationFirst",
  "ukraineLimitedPermit",
  "notProtection",
  "elsewhere",
  "failed",
] as const;
export type ImportCode = (typeof importCodes)[number];

/** One thing that keeps a person, and with them the family, from being filed. */
export type Problem = {
  /** As spreadsheets count: the headings are row 1. In JSON the place in the list. */
  row: number;
  /** The name as the row has it. */
  person: string;
  /** Column that is to be mended, or the field of the service that no column fills. */
  field?: string;
  code: ImportCode | ErrorCode;
  /** What may stand there. */
  options?: readonly string[];
};
