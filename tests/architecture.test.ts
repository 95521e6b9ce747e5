import { posix } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { mayImport, packageHomes } from "./support/mayImport.ts";
import { allSources, findings, importsOf, type Source, withoutComments } from "./support/sources.ts";

const everything = allSources();
const product = everything.filter((source) => !source.isTest);
const typed = product.filter(({ path }) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"));
const flows = product.filter(({ path }) => path.startsWith("flows/"));
const pages = product.filter(({ path }) => /^app\/((routes|components)\/.*|root)\.tsx$/.test(path));

/** Files that frameworks and tools load by their default export. */
const DEFAULT_EXPORT = /^(app\/routes\/|app\/root\.|app\/entry\.|app\/routes\.ts|[^/]+\.config\.)/;

const isProjectPath = (path: string) => /^(app|flows|locales|config|drizzle|tests|bench)\//.test(path);
const isBelow = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** The row of the table that holds for a file. */
function areaOf(path: string): string {
  const rows = Object.keys(mayImport).filter((row) => isBelow(path, row));
  const longest = rows.toSorted((a, b) => b.length - a.length)[0];
  return longest ?? (posix.dirname(path) === "app" ? "app/*" : posix.dirname(path));
}

/** Every import as `[file, target]`. */
const importsIn = (sources: readonly Source[]) =>
  sources.flatMap((source) => importsOf(source).map((target) => [source.path, target] as const));

const arrows = (imports: readonly (readonly [string, string])[]) => imports.map(([from, to]) => `${from} → ${to}`);

/** Files whose code, comments aside, holds the pattern. */
const matches = (sources: readonly Source[], pattern: RegExp) =>
  sources
    .filter((source) => pattern.test(source.text) && pattern.test(withoutComments(source)))
    .map(({ path }) => path);

/** Folders above a file; the simulators are products of their own and count from their folder on. */
const depth = (path: string) => posix.dirname(path.replace(/^app\/demo\//, "demo/")).split("/").length;

const anyType = (node: ts.Node) => (node.kind === ts.SyntaxKind.AnyKeyword ? "any" : undefined);

const reExport = (node: ts.Node) => (ts.isExportDeclaration(node) && node.moduleSpecifier ? "re-export" : undefined);

function defaultExport(node: ts.Node): string | undefined {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  const isMarked = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
  return ts.isExportAssignment(node) || isMarked ? "default export" : undefined;
}

const SPOKEN = new Set(["alt", "aria-label", "label", "placeholder", "title"]);

/** Words between tags, or in an attribute that is shown or read aloud. */
function spokenText(node: ts.Node): string | undefined {
  if (ts.isJsxText(node)) return /\p{L}/u.test(node.text) ? node.text.trim() : undefined;
  if (!ts.isJsxAttribute(node) || !ts.isIdentifier(node.name) || !SPOKEN.has(node.name.text)) return undefined;
  const value = node.initializer;
  return value && ts.isStringLiteral(value) && /\p{L}/u.test(value.text) ? value.text : undefined;
}

test("the scan sees the project, imports, comments and words", () => {
  const text = 'import x from "#app/y.ts"; // Date.now\nconst u = <a title="Go">http://x</a>;';
  const own: Source = { path: "flows/a.tsx", text, isTest: false };
  expect(product.length).toBeGreaterThan(50);
  expect(importsOf(own)).toEqual(["app/y.ts"]);
  expect(withoutComments(own)).not.toContain("Date.now");
  expect(withoutComments(own)).toContain("http://x");
  expect(findings(own, spokenText)).toEqual(["flows/a.tsx:2 Go", "flows/a.tsx:2 http://x"]);
});

describe("imports", () => {
  test("every folder has a row in the table of who may import whom", () => {
    const folders = new Set(product.filter(({ path }) => isProjectPath(path)).map(({ path }) => areaOf(path)));
    expect([...folders].filter((folder) => !(folder in mayImport))).toEqual([]);
  });

  test("point down the pipeline", () => {
    const wrong = importsIn(product).filter(([from, to]) => {
      if (!isProjectPath(from) || !isProjectPath(to)) return false;
      const [here, there] = [areaOf(from), areaOf(to)];
      return here !== there && !mayImport[here]?.some((allowed) => isBelow(there, allowed));
    });
    expect(arrows(wrong)).toEqual([]);
  });

  test("the product imports nothing from the tests", () => {
    const wrong = importsIn(product).filter(([, to]) => /^(tests|bench)\/|\.(test|testing)\.tsx?$/.test(to));
    // Measuring drives the running service as tests do, and nothing imports what measures.
    const undriven = wrong.filter(([from]) => from !== "playwright.config.ts" && !from.startsWith("bench/"));
    expect(arrows(undriven)).toEqual([]);
  });

  test("a package stays in its part of the product", () => {
    const wrong = importsIn(product).filter(([from, to]) => {
      const name = Object.keys(packageHomes).find((known) => isBelow(to, known));
      return name && isProjectPath(from) && !packageHomes[name]?.some((home) => isBelow(areaOf(from), home));
    });
    expect(arrows(wrong)).toEqual([]);
  });

  test("no file passes on what another file exports, but the entry of the bundle", () => {
    const files = typed.filter(({ path }) => !path.startsWith("app/entry."));
    expect(files.flatMap((source) => findings(source, reExport))).toEqual([]);
  });

  test("exports have names", () => {
    const named = typed.filter(({ path }) => !DEFAULT_EXPORT.test(path));
    expect(named.flatMap((source) => findings(source, defaultExport))).toEqual([]);
  });

  test("npm start needs nothing but Node until the packages are installed", () => {
    const byPath = new Map(product.map((source) => [source.path, source]));
    const reached = new Set(["app/cli/start.mjs", "app/cli/test.mjs"]);
    const foreign: string[] = [];
    for (const path of reached) {
      for (const target of importsOf(byPath.get(path)!)) {
        if (byPath.has(target)) reached.add(target);
        else if (!target.startsWith("node:")) foreign.push(`${path} → ${target}`);
      }
    }
    expect(foreign).toEqual([]);
    expect(reached.size).toBeGreaterThan(5);
  });
});

describe("flows are pure", () => {
  test("they import zod, xstate and themselves only", () => {
    const outside = importsIn(flows).filter(([, to]) => !isProjectPath(to));
    expect(arrows(outside.filter(([, to]) => to !== "zod" && to !== "xstate"))).toEqual([]);
  });

  test("they have no clock, no chance, no environment and no output", () => {
    const clock = /\bDate\.now\b|\bDate\(\s*\)|\bTemporal\.Now\b|\bperformance\./;
    const rest = /\bMath\.random\b|\bcrypto\.|\bprocess\.|\bimport\.meta\.env\b|\bglobalThis\b|\bconsole\.|\bfetch\(/;
    expect([...matches(flows, clock), ...matches(flows, rest)]).toEqual([]);
  });
});

describe("house rules", () => {
  test("a file has at most 300 lines", () => {
    const lengths = everything.map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }));
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test("folders are shallow", () => {
    expect(everything.map(({ path }) => path).filter((path) => depth(path) > 3)).toEqual([]);
  });

  test("no code knows an authority by its name: differences are data", () => {
    const compared = /\bauthority(Id|\.id|Name)?\s*[!=]==?\s*["'`]|["'`]\s*[!=]==?\s*(\w+\.)*authority\b/;
    const switched = /\bswitch\s*\((\w+\.)*authority(Id|\.id)?\)/;
    expect([...matches(product, compared), ...matches(product, switched)]).toEqual([]);
  });

  test("nothing is typed as any", () => {
    const all = everything.filter(({ path }) => /\.tsx?$/.test(path));
    expect(all.flatMap((source) => findings(source, anyType))).toEqual([]);
  });

  test("no check is switched off and nothing is left for later", () => {
    // The brackets keep these lines from finding themselves.
    const off = /@ts-[i]gnore|@ts-[n]ocheck|eslint-[d]isable|oxlint-[d]isable|prettier-[i]gnore/;
    const later = /\bTO[D]O\b|\bFIX[M]E\b/;
    const found = everything.filter(({ text }) => off.test(text) || later.test(text));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  test("no test is skipped or runs alone", () => {
    const tests = everything.filter(({ path }) => /\.(test|spec)\.tsx?$/.test(path));
    expect(matches(tests, /\b(test|describe|it)(\.\w+)*\.(skip|only|todo|fixme|skipIf|runIf)\b/)).toEqual([]);
  });
});

describe("pages", () => {
  test("every word a person reads comes from the locales", () => {
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.flatMap((source) => findings(source, spokenText))).toEqual([]);
  });

  test("components never reach server code or Node", () => {
    const components = product.filter(({ path }) => path.startsWith("app/components/"));
    const wrong = importsIn(components).filter(([, to]) => to.includes(".server.") || to.startsWith("node:"));
    expect(arrows(wrong)).toEqual([]);
  });
});
