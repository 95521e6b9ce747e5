import { parse } from "csv-parse/sync";
import { z } from "zod";
import { streamSafe } from "#app/streamSafe.ts";
import { neededFields, neededQuestions, ownColumns, type Column } from "#flows/import/columns.ts";
import type { Row } from "#flows/import/person.ts";
import type { FileProblem } from "#flows/import/problems.ts";
import type { Settings } from "#flows/engine/facts.ts";

/** The most that a file may hold. */
export const MOST_BYTES = 5_000_000;
export const MOST_ROWS = 5_000;

const MOST_RECORD = 20_000;
const MOST_CELL = 2_000;
/** Far more than any authority asks; an entry of a JSON list could have a million. */
const MOST_COLUMNS = 500;
/** As many wrong headings as somebody reads. */
const MOST_NAMED = 20;

/** The rows of a file, or why it cannot be read as a whole. */
export type ReadFile = { ok: true; rows: readonly Row[] } | { ok: false; problem: FileProblem };

const refused = (code: FileProblem["code"], more: Omit<FileProblem, "code"> = {}): ReadFile => ({
  ok: false,
  problem: { code, ...more },
});

const startsWith = (bytes: Uint8Array, ...head: readonly number[]) =>
  head.every((byte, index) => bytes[index] === byte);

/** The text of a file in UTF-8; what spreadsheets save otherwise is told apart by its first bytes. */
function textOf(bytes: Uint8Array): string | FileProblem["code"] {
  const isOffice = startsWith(bytes, 0x50, 0x4b) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0);
  if (isOffice) return "spreadsheet";
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? "encoding" : streamSafe(text).normalize("NFC");
  } catch {
    return "encoding";
  }
}

/** Judges the headings: all that are needed, none unknown, none twice. Case does not matter. */
function headings(typed: readonly string[], columns: readonly Column[], settings: Settings): string[] | FileProblem {
  const known = new Map([...ownColumns, ...columns.map(({ name }) => name)].map((name) => [name.toLowerCase(), name]));
  const unknown = typed.map((text) => text.trim()).filter((text) => !known.has(text.toLowerCase()));
  if (unknown.length > 0) {
    const shown = unknown.slice(0, MOST_NAMED).map((name) => name.slice(0, 40) || "„“");
    return { code: "headerUnknown", columns: unknown.length > MOST_NAMED ? [...shown, "…"] : shown };
  }
  const named = typed.flatMap((text) => known.get(text.trim().toLowerCase()) ?? []);
  const twice = named.filter((name, index) => named.indexOf(name) < index);
  if (twice.length > 0) return { code: "headerTwice", columns: [...new Set(twice)] };
  const missing = [...ownColumns, ...neededFields, ...neededQuestions(settings)].filter(
    (name) => !named.includes(name),
  );
  return missing.length > 0 ? { code: "headerMissing", columns: missing } : named;
}

const records = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ records: z.int(), empty_lines: z.int() }) }),
);

/** The number of a row as spreadsheets count. */
const rowOf = ({ info }: Pick<z.infer<typeof records>[number], "info">): number => info.records + info.empty_lines;

/** Spreadsheets save columns that somebody emptied as separators at the end of every row. */
function withoutEmptyEnd(record: readonly string[], width: number): readonly string[] {
  return record.slice(width).some((value) => value.trim() !== "") ? record : record.slice(0, width);
}

/** Where the parser stopped: so many rows were whole before. */
const failure = z.object({ records: z.int(), empty_lines: z.int() }).transform((info) => rowOf({ info }) + 1);

function readCsv(typed: string, columns: readonly Column[], settings: Settings): ReadFile {
  // Files that were put together of several have line ends of several kinds.
  const text = typed.replaceAll(/\r\n?/g, "\n");
  const [head = ""] = text.split("\n", 1);
  if (!head.includes(";") && /[,\t]/.test(head)) return refused("separator");
  let read: z.infer<typeof records>;
  try {
    const options = { delimiter: ";", bom: true, info: true, skip_empty_lines: true } as const;
    const limits = { max_record_size: MOST_RECORD, to: MOST_ROWS + 2 } as const;
    read = records.parse(parse(text, { ...options, ...limits, relax_column_count: true, relax_quotes: true }));
  } catch (error) {
    const line = failure.safeParse(error).data;
    return refused("quotes", line === undefined ? {} : { line });
  }
  const [first, ...others] = read;
  if (!first) return refused("empty");
  // A forgotten quotation mark makes one row of many: nobody of them may get lost without a word.
  const joined = read.find(({ record }) => record.some((value) => value.includes("\n")));
  if (joined) return refused("quotes", { line: rowOf(joined) });
  if (others.length > MOST_ROWS) return refused("tooManyRows");
  const width = first.record.findLastIndex((name) => name.trim() !== "") + 1;
  const names = headings(first.record.slice(0, width), columns, settings);
  if (!Array.isArray(names)) return { ok: false, problem: names };
  const rows = others.flatMap((one): Row[] => {
    const record = withoutEmptyEnd(one.record, width);
    // Spreadsheets save rows that somebody emptied as separators alone.
    if (record.every((cell) => cell.trim() === "")) return [];
    const cells = Object.fromEntries(names.map((name, index) => [name, (record[index] ?? "").slice(0, MOST_CELL)]));
    return [{ row: rowOf(one), cells, ...(record.length === names.length ? {} : { isBroken: true as const }) }];
  });
  return rows.length === 0 ? refused("onlyHeader") : { ok: true, rows };
}

const cell = z
  .union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])
  .transform((value) => (value === null ? "" : Array.isArray(value) ? value.join(",") : String(value)));
const list = z.array(z.record(z.string(), cell));

const isTooWide = (entry: unknown): boolean =>
  typeof entry === "object" && entry !== null && Object.keys(entry).length > MOST_COLUMNS;

function readJson(text: string, columns: readonly Column[], settings: Settings): ReadFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return refused("json");
  }
  if (Array.isArray(content) && content.length > MOST_ROWS) return refused("tooManyRows");
  const wide = Array.isArray(content) ? content.findIndex(isTooWide) : -1;
  if (wide >= 0) return refused("jsonList", { line: wide + 1 });
  const parsed = list.safeParse(content);
  if (!parsed.success) {
    const [place] = parsed.error.issues[0]?.path ?? [];
    return refused("jsonList", typeof place === "number" ? { line: place + 1 } : {});
  }
  if (parsed.data.length === 0) return refused("empty");
  // Whatever one entry has is a column; entries may leave out what they have nothing to say to.
  const used = [...new Set(parsed.data.flatMap((entry) => Object.keys(entry)))];
  const names = headings(used, columns, settings);
  if (!Array.isArray(names)) return { ok: false, problem: names };
  const nameOf = new Map(used.map((key, index) => [key, names[index] ?? key]));
  const rows = parsed.data.map((entry, index): Row => {
    const cells = Object.entries(entry).map(([key, value]) => [nameOf.get(key) ?? key, value.slice(0, MOST_CELL)]);
    return { row: index + 1, cells: Object.fromEntries(cells) as Row["cells"] };
  });
  return { ok: true, rows };
}

/** Reads a file of a centre: CSV with semicolons in UTF-8, or a JSON list. Its size is limited before anything is parsed. */
export function readImport(bytes: Uint8Array, columns: readonly Column[], settings: Settings): ReadFile {
  if (bytes.length === 0) return refused("empty");
  if (bytes.length > MOST_BYTES) return refused("tooLarge");
  const text = textOf(bytes);
  if (text === "encoding" || text === "spreadsheet") return refused(text);
  const bare = text.replace(/^\ufeff/, "").trimStart();
  if (bare === "") return refused("empty");
  return /^[[{]/.test(bare) ? readJson(bare, columns, settings) : readCsv(text, columns, settings);
}
