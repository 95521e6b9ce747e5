import { parse } from "csv-parse/sync";
import { z } from "zod";
import { importText } from "#app/i18n/importWords.ts";
import { csvHead, reportColumns } from "#app/import/report.ts";
import { parseAccessCode, parseReference } from "#app/store/access-code.ts";

/** The access code of a family with the references that it opens. */
export type FamilyCode = { code: string; references: readonly string[] };

const lines = z.array(z.record(z.string(), z.string()));

/** The rows of a report; `undefined` if it is none. A last line that a breakdown cut off is left out, like what it was about. */
function rowsOf(report: string): z.infer<typeof lines> | undefined {
  const text = report.replace(/^\ufeff/, "");
  if (!text.startsWith(csvHead.replace(/^\ufeff/, "").trimEnd())) return undefined;
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  try {
    return lines.parse(parse(whole, { delimiter: ";", from_line: 2, columns: [...reportColumns] }));
  } catch {
    return undefined;
  }
}

/** The families of a report that are filed and whose codes stand in it, in its order; `undefined` if it is no report. */
export function codesOfReport(report: string): readonly FamilyCode[] | undefined {
  const read = rowsOf(report);
  if (!read) return undefined;
  const filed = ["filed", "before"].map((state) => importText("states", state).de);
  const families = [...Map.groupBy(read, ({ family }) => family).values()];
  // Of a family whose filing was undone the report says both: its code opens nothing.
  const whole = families.filter((family) => family.every(({ state = "" }) => filed.includes(state)));
  return whole.flatMap((family) => familyCode(family.map(({ code = "" }) => code).join(""), family));
}

function familyCode(code: string, family: z.infer<typeof lines>): FamilyCode[] {
  const references = family.flatMap(({ reference = "" }) => parseReference(reference) ?? []);
  return parseAccessCode(code).ok && references.length > 0 ? [{ code, references }] : [];
}

/** A code and its references as a form carries them. */
export const codeAsText = ({ code, references }: FamilyCode): string => [code, ...references].join(" ");

/** Reads what `codeAsText` wrote; nothing if it is anything else. */
export function codeFromText(text: string): FamilyCode[] {
  const [code = "", ...typed] = text.split(" ");
  const references = typed.flatMap((one) => parseReference(one) ?? []);
  return parseAccessCode(code).ok && references.length > 0 && references.length === typed.length
    ? [{ code, references }]
    : [];
}
