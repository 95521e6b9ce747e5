import type { IsoDate, PartialDate } from "#flows/engine/dates.ts";
import { checkDigit } from "#flows/mrz/checkDigit.ts";
import { birthOf, expiryOf } from "#flows/mrz/dates.ts";
import type { Layout, MrzFormat, Span } from "#flows/mrz/layout.ts";
import { readLines, signsAt } from "#flows/mrz/lines.ts";
import { namesOf, type MrzNames } from "#flows/mrz/names.ts";

/** What the machine-readable zone of a document says. Optional signs are left out: they may hold a personal number. */
export type Mrz = MrzNames & {
  format: MrzFormat;
  /** One or two letters; `P` begins those of passports, `V` those of visas. */
  documentCode: string;
  /** ISO 3166-1 alpha-3 as in `config/reference/states.json`; codes of ICAO 9303 that no state has stay as they are. */
  issuingState: string;
  number: string;
  nationality: string;
  dateOfBirth?: PartialDate;
  /** `x` where the document says nothing. */
  sex: "w" | "m" | "x";
  /** Missing if the document has no end. */
  validUntil?: IsoDate;
};

/** A field of the zone that can be wrong; `lines` is the whole. */
export type MrzField =
  | "lines"
  | "documentCode"
  | "issuingState"
  | "names"
  | "number"
  | "nationality"
  | "dateOfBirth"
  | "sex"
  | "validUntil"
  | "optional"
  | "composite";

/**
 * What is wrong, in which line (from 1) and field: signs are missing or too many (`length`), a sign that cannot stand there
 * (`form`), or the check digit does not fit (`check`).
 */
export type MrzProblem = { line: number; field: MrzField; kind: "length" | "form" | "check" };
export type MrzResult = { ok: true; mrz: Mrz } | { ok: false; problems: readonly MrzProblem[] };

/** Codes of the zone that differ from those of the project (ICAO 9303 part 3, section 5; Kosovo has two in use). */
const ownCodes: Readonly<Record<string, string>> = { D: "DEU", RKS: "XXK", XKX: "XXK" };

function stateOf(signs: string): string {
  const code = signs.replaceAll("<", "");
  return ownCodes[code] ?? code;
}

/** A document number with its check digit; of cards it may go on in the optional signs (ICAO 9303 part 5, note j). */
function numberOf({ number, numberCheck, optional, hasLongNumbers }: Layout, lines: readonly string[]) {
  const [signs, digit] = [signsAt(lines, number), signsAt(lines, numberCheck)];
  const rest = optional[0] === undefined ? "" : (signsAt(lines, optional[0]).split("<")[0] ?? "");
  const isLong = hasLongNumbers && digit === "<" && !signs.includes("<") && rest.length > 1;
  return isLong ? { signs: signs + rest.slice(0, -1), digit: rest.slice(-1) } : { signs, digit };
}

const SEXES: Readonly<Record<string, Mrz["sex"]>> = { F: "w", M: "m", X: "x", "<": "x" };
const STATE = /^([A-Z]{3}|[A-Z]{2}<|[A-Z]<<)$/;

/** Signs, check digit and whether it may be a filler, of every field with a check digit of its own. */
type Checked = { field: MrzField; at: Span; signs: string; digit: string };

function checkedFields(layout: Layout, lines: readonly string[]): Checked[] {
  const { dateOfBirth, birthCheck, validUntil, expiryCheck, optional, optionalCheck } = layout;
  const field = (name: MrzField, at: Span, check: Span): Checked => {
    return { field: name, at, signs: signsAt(lines, at), digit: signsAt(lines, check) };
  };
  const personal = optional[0] && optionalCheck ? [field("optional", optional[0], optionalCheck)] : [];
  return [
    { field: "number", at: layout.number, ...numberOf(layout, lines) },
    field("dateOfBirth", dateOfBirth, birthCheck),
    field("validUntil", validUntil, expiryCheck),
    // Where the issuing state uses no optional signs, their check digit may be a filler too (ICAO 9303 part 4).
    ...personal.map((entry) => (/^<*$/.test(entry.signs + entry.digit) ? { ...entry, digit: "0" } : entry)),
  ];
}

/** Fields with a sign that cannot stand there. */
function formProblems(layout: Layout, lines: readonly string[], today: IsoDate): MrzProblem[] {
  const { documentCode, issuingState, names, number, nationality, dateOfBirth, sex, validUntil, optional } = layout;
  const signs = (span: Span) => signsAt(lines, span);
  const rules: readonly (readonly [MrzField, Span, boolean])[] = [
    ["documentCode", documentCode, /^[A-Z][A-Z<]$/.test(signs(documentCode)) && isCodeOf(layout, signs(documentCode))],
    ["issuingState", issuingState, STATE.test(signs(issuingState))],
    ["names", names, /^[A-Z<]+$/.test(signs(names)) && /[A-Z]/.test(signs(names))],
    ["number", number, /^[A-Z0-9][A-Z0-9<]*$/.test(signs(number))],
    ["nationality", nationality, STATE.test(signs(nationality))],
    ["dateOfBirth", dateOfBirth, birthOf(signs(dateOfBirth), today) !== "unreadable"],
    ["sex", sex, signs(sex) in SEXES],
    ["validUntil", validUntil, expiryOf(signs(validUntil), today) !== "unreadable"],
    ...optional.map((span) => ["optional", span, /^[A-Z0-9<]*$/.test(signs(span))] as const),
  ];
  const wrong = rules.flatMap(([field, [line], fits]) =>
    fits ? [] : [{ line: line + 1, field, kind: "form" as const }],
  );
  const digits = checkedFields(layout, lines).filter(({ digit }) => !/^\d$/.test(digit));
  const { composite } = layout;
  const last =
    composite && !/^\d$/.test(signs(composite.at)) ? [{ field: "composite" as const, at: composite.at }] : [];
  return [
    ...wrong,
    ...[...digits, ...last].map(({ field, at }) => ({ line: at[0] + 1, field, kind: "form" as const })),
  ];
}

/** A visa begins with V, nothing else does. */
function isCodeOf({ format }: Layout, code: string): boolean {
  return format.startsWith("MRV") === code.startsWith("V");
}

/** Fields whose check digit does not fit; the one over all others counts if each of them fits by itself. */
function checkProblems(layout: Layout, lines: readonly string[]): MrzProblem[] {
  const wrong = checkedFields(layout, lines)
    .filter(({ signs, digit }) => checkDigit(signs) !== digit)
    .map(({ field, at }) => ({ line: at[0] + 1, field, kind: "check" as const }));
  const { composite } = layout;
  if (!composite || wrong.length > 0) return wrong;
  const fits = checkDigit(composite.over.map((span) => signsAt(lines, span)).join("")) === signsAt(lines, composite.at);
  return fits ? [] : [{ line: composite.at[0] + 1, field: "composite", kind: "check" }];
}

/** Left out if there is none. */
function given<Name extends string, Value>(name: Name, value: Value | undefined): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}

/**
 * Reads the machine-readable lines of a document (ICAO 9303) as somebody typed or pasted them. Total: whatever the text is,
 * either all check digits fit or the problems say where it is wrong.
 *
 * What no check digit can see is a sign in the document number, or in optional signs with a check digit, in whose place
 * another of the same value modulo 10 stands (0 A K U <, 1 B L V and so on, see `checkDigit`), and likewise a filler in the
 * place of a check digit 0. Where only digits may stand, letters are refused, so dates have no such gap. Names, states, sex
 * and the optional signs of visas have no check digit at all.
 */
export function parseMrz(typed: string, today: IsoDate): MrzResult {
  const read = readLines(typed);
  if ("wrongLine" in read) return { ok: false, problems: [{ line: read.wrongLine, field: "lines", kind: "length" }] };
  const { layout, lines } = read;
  const form = formProblems(layout, lines, today);
  const problems = form.length > 0 ? form : checkProblems(layout, lines);
  if (problems.length > 0) return { ok: false, problems };
  const signs = (span: Span) => signsAt(lines, span);
  const [born, ends] = [birthOf(signs(layout.dateOfBirth), today), expiryOf(signs(layout.validUntil), today)];
  return {
    ok: true,
    mrz: {
      format: layout.format,
      documentCode: signs(layout.documentCode).replaceAll("<", ""),
      issuingState: stateOf(signs(layout.issuingState)),
      number: numberOf(layout, lines).signs.replaceAll("<", ""),
      nationality: stateOf(signs(layout.nationality)),
      ...given("dateOfBirth", born),
      sex: SEXES[signs(layout.sex)] ?? "x",
      ...given("validUntil", ends),
      ...namesOf(signs(layout.names)),
    },
  };
}
