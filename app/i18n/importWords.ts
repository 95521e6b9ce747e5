import deErrors from "#locales/de/errors.json" with { type: "json" };
import deFields from "#locales/de/fields.json" with { type: "json" };
import deImport from "#locales/de/import.json" with { type: "json" };
import ukErrors from "#locales/uk/errors.json" with { type: "json" };
import ukFields from "#locales/uk/fields.json" with { type: "json" };
import ukImport from "#locales/uk/import.json" with { type: "json" };
import { germanPdfWords } from "#app/i18n/words.ts";
import type { SheetWords } from "#app/pdf/familySheets.server.ts";
import type { FileProblem, Problem } from "#flows/import/problems.ts";
import type { ExtraQuestion } from "#flows/engine/facts.ts";

type Tree = { readonly [key: string]: string | Tree };
type Values = Readonly<Record<string, string>>;

/** A text by path, with its values put in; `undefined` where there is none. */
function find(tree: Tree, path: readonly string[], values: Values = {}): string | undefined {
  const found = path.reduce<string | Tree | undefined>(
    (at, key) => (typeof at === "object" ? at[key] : undefined),
    tree,
  );
  if (typeof found !== "string") return undefined;
  return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
}

/** Both languages of people who work with such files; German leads. */
const trees = {
  de: { import: deImport, errors: deErrors, fields: deFields },
  uk: { import: ukImport, errors: ukErrors, fields: ukFields },
} as const satisfies Record<string, Record<string, Tree>>;

/** A text of a report, side by side. */
export type TwoLanguages = { de: string; uk: string };
type Side = keyof TwoLanguages;

const both = (text: (side: Side) => string): TwoLanguages => ({ de: text("de"), uk: text("uk") });

/** A text about files: headings, explanations of columns, states. The path itself where there is none, which a test excludes. */
export function importText(...path: readonly string[]): TwoLanguages {
  return both((side) => find(trees[side].import, path) ?? path.join("."));
}

/** What a column is called beside its name; that of an authority's question is its question. */
export function columnLabel(name: string, questions: readonly ExtraQuestion[] = []): TwoLanguages {
  const question = questions.find(({ id }) => id === name)?.label;
  return both(
    (side) =>
      question ?? find(trees[side].import, ["columns", name]) ?? find(trees[side].fields, [name, "label"]) ?? name,
  );
}

/** What an option of a column means. */
export function optionLabel(name: string, option: string): TwoLanguages {
  return both((side) => find(trees[side].fields, [name, "options", option]) ?? option);
}

/** What is wrong with a row and what to do about it. */
export function problemText(
  { field, code, options = [] }: Pick<Problem, "field" | "code" | "options">,
  questions: readonly ExtraQuestion[] = [],
): TwoLanguages {
  const label = field === undefined ? undefined : columnLabel(field, questions);
  return both((side) => {
    const values = { label: label?.[side] ?? "", options: options.join(", ") };
    return find(trees[side].import, ["errors", code], values) ?? find(trees[side].errors, [code], values) ?? code;
  });
}

/** Why a whole file cannot be read. */
export function fileText({ code, columns = [], line }: FileProblem): TwoLanguages {
  const values = { columns: columns.join(", "), line: line === undefined ? "?" : String(line) };
  return both((side) => find(trees[side].import, ["file", code], values) ?? code);
}

/** Words of the sheets that families of a file get. */
export const sheetWords: SheetWords = (key) => importText("sheet", key);

/** German words of payloads whose declarations were made on paper at a centre, and say so. */
export const paperWords: typeof germanPdfWords = {
  ...germanPdfWords,
  declaration: (name) => find(deImport, ["onPaper"], { text: germanPdfWords.declaration(name) }) ?? name,
};
