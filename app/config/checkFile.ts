import type { z } from "zod";
import type { Problem } from "#app/config/errors.ts";
import { suggestion } from "#app/config/nearest.ts";
import { descriptionAt, knownKeysAt, schemaTree } from "#app/config/schemaKeys.ts";
import type { YamlFile } from "#app/config/yamlFile.ts";

type Tree = ReturnType<typeof schemaTree>;

/** The words for one finding of a schema: which key, what is wrong, what to do. */
type Finding = { path: readonly PropertyKey[]; what: string; remedy: string };

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a whole number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of keys",
};

function kindOf(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a group of keys";
  return typeof value === "boolean" ? "true or false" : typeof value === "number" ? "a number" : "text";
}

function wrongType(path: readonly PropertyKey[], expected: string, input: unknown, about: string): Finding {
  if (input === undefined) return { path, what: "is missing", remedy: `Add it. ${about}` };
  const what = `is ${kindOf(input)}, but ${kinds[expected] ?? expected} is needed`;
  // YAML reads 012 and 120540000000 as numbers, and a number has lost its zeros and quotes.
  const quotes = expected === "string" && typeof input === "number" ? "Put the value in quotes. " : "";
  return { path, what, remedy: `${quotes}${about}` };
}

function findings(issue: z.core.$ZodIssue, tree: Tree): Finding[] {
  const { path } = issue;
  const about = descriptionAt(tree, path) ?? "docs/authority.md explains every key.";
  if (issue.code === "unrecognized_keys") {
    const known = knownKeysAt(tree, path);
    const what = "is not a known key";
    return issue.keys.map((key) => ({
      path: [...path, key],
      what,
      remedy: `${suggestion(key, known)} Otherwise remove it.`,
    }));
  }
  if (issue.code === "invalid_type") return [wrongType(path, issue.expected, issue.input, about)];
  if (issue.code === "invalid_value") {
    const words = issue.values.map(String);
    if (issue.input === undefined) return [{ path, what: "is missing", remedy: `Add it. ${about}` }];
    return [
      { path, what: `has the unknown value "${String(issue.input)}"`, remedy: suggestion(String(issue.input), words) },
    ];
  }
  if (issue.code === "invalid_union") {
    const words = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    const remedy = words.length > 0 ? `Known here: ${words.join(", ")}.` : about;
    return [{ path, what: "is missing or has an unknown value", remedy }];
  }
  const remedy: unknown = issue.code === "custom" ? issue.params?.["remedy"] : undefined;
  return [{ path, what: issue.message, remedy: typeof remedy === "string" ? remedy : about }];
}

/** Turns findings into problems with the lines of the file. */
export function problemsOf(file: YamlFile, list: readonly Finding[]): Problem[] {
  return list.map(({ path, what, remedy }) => ({
    file: file.file,
    line: file.lineOf(path),
    key: path.map(String).join("."),
    what,
    remedy,
  }));
}

/** Checks a file against its schema; every problem is said with line, key and remedy. */
export function checkFile<T>(file: YamlFile, schema: z.ZodType<T>): { value?: T; problems: Problem[] } {
  if (file.problems.length > 0) return { problems: [...file.problems] };
  const parsed = schema.safeParse(file.value, { reportInput: true });
  if (parsed.success) return { value: parsed.data, problems: [] };
  const tree = schemaTree(schema);
  return {
    problems: problemsOf(
      file,
      parsed.error.issues.flatMap((issue) => findings(issue, tree)),
    ),
  };
}
