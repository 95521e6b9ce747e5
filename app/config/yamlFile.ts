import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document } from "yaml";
import type { Problem } from "#app/config/errors.ts";

/** A configuration file as read: its plain value, the lines its keys stand on, and what is wrong with its writing. */
export type YamlFile = {
  file: string;
  value: unknown;
  /** Line of the key at `path`, or of the nearest thing around it when the key is missing. */
  lineOf: (path: readonly PropertyKey[]) => number;
  /** Every text in the file with its line. */
  texts: readonly { line: number; text: string }[];
  problems: readonly Problem[];
};

/** Offset of the key at `path`, or of its nearest existing parent. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let offset = document.contents?.range?.[0] ?? 0;
  let node: unknown = document.contents;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (!pair || !isScalar(pair.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(key)];
      if (!isMap(item) && !isScalar(item) && !isSeq(item)) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else return offset;
  }
  return offset;
}

/** Reads the text of a YAML file and keeps where everything stood. Never throws: broken writing is in `problems`. */
export function parseYamlFile(file: string, source: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const line = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const texts: { line: number; text: string }[] = [];
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === "string") texts.push({ line: line(node.range?.[0] ?? 0), text: node.value });
    },
  });
  const problems = [...document.errors, ...document.warnings].map((error): Problem => {
    const remedy =
      error.code === "DUPLICATE_KEY"
        ? "Keep one of the two lines with this key."
        : "Check indentation, quotes and colons of this line and the one before; docs/authority.md has a sample.";
    const what =
      error.code === "DUPLICATE_KEY" ? "a key stands here twice" : `is not readable as YAML (${error.message})`;
    return { file, line: line(error.pos[0]), key: "", what, remedy };
  });
  const value: unknown = problems.length > 0 ? undefined : document.toJS();
  return { file, value, lineOf: (path) => line(offsetOf(document, path)), texts, problems };
}
