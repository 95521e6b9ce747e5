import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FOLDERS = ["app", "flows", "locales", "config", "drizzle", "tests", "bench"];
const CODE = /\.(tsx?|mts|mjs|js)$/;

/** A source file; `path` is relative to the project, with slashes. */
export type Source = { path: string; text: string; isTest: boolean };

/** Every code file of the project, tests included, with files of the root folder. */
export function allSources(): Source[] {
  const nested = FOLDERS.flatMap((folder) => codeBelow(folder));
  const top = readdirSync(ROOT).filter((name) => CODE.test(name));
  return [...nested, ...top].map((path) => ({
    path,
    text: readFileSync(`${ROOT}/${path}`, "utf8"),
    isTest: path.startsWith("tests/") || path.startsWith("bench/") || /\.(test|spec|testing)\.tsx?$/.test(path),
  }));
}

function codeBelow(folder: string): string[] {
  try {
    const names = readdirSync(`${ROOT}/${folder}`, { recursive: true, encoding: "utf8" });
    return names.filter((name) => CODE.test(name)).map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
  } catch {
    return [];
  }
}

/** What a file imports: project files as paths from the root, everything else as written. */
export function importsOf({ path, text }: Source): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    if (fileName.startsWith("#")) return fileName.slice(1);
    return fileName.startsWith(".") ? posix.join(posix.dirname(path), fileName) : fileName;
  });
}

/** The syntax tree; JavaScript and JSX included. */
export function treeOf({ path, text }: Source): ts.SourceFile {
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind);
}

/** Nodes of a tree for which `pick` says something, as `path:line what`. */
export function findings(source: Source, pick: (node: ts.Node) => string | undefined): string[] {
  const tree = treeOf(source);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const what = pick(node);
    if (what !== undefined) {
      found.push(`${source.path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1} ${what}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The text of a file without comments, which may speak of what the code must not do. */
export function withoutComments(source: Source): string {
  const comments: [number, number][] = [];
  const tree = treeOf(source);
  const collect = (node: ts.Node): void => {
    for (const range of ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? []) {
      comments.push([range.pos, range.end]);
    }
    for (const range of ts.getTrailingCommentRanges(source.text, node.getEnd()) ?? []) {
      comments.push([range.pos, range.end]);
    }
    ts.forEachChild(node, collect);
  };
  collect(tree);
  return comments.reduce(
    (text, [start, end]) => text.slice(0, start) + " ".repeat(end - start) + text.slice(end),
    source.text,
  );
}
