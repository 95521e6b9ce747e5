import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

type Parts = { initial: string; steps: string; guards: string; next: string };
const right: Parts = {
  initial: '"person"',
  steps:
    "person: page('a', { age: number(0, 120), isAlone: yesNo() }), partner: page('a', { partner: text() }), end: page('a', {})",
  guards: "isAlone: ({ answers }) => answers.isAlone === true, wantsWork: ({ answers }) => answers.purpose === 'work'",
  next: "person: [{ guard: 'isAlone', target: 'end' }, { guard: 'wantsWork', target: 'end' }, 'partner'], partner: 'end', end: null",
};

function source(change: Partial<Parts>): string {
  const { initial, steps, guards, next } = { ...right, ...change };
  return `
    import { page } from "#flows/engine/facts.ts";
    import { number, text, yesNo } from "#flows/engine/fields.ts";
    import { defineFlow } from "#flows/engine/flow.ts";
    export const flow = defineFlow<{ purpose?: "work" | "study" }>()({
      id: "probe", initial: ${initial}, steps: { ${steps} }, guards: { ${guards} }, next: { ${next} },
    });`;
}

const probes = {
  "a right flow": source({}),
  "a wrong target": source({ next: right.next.replace("partner: 'end'", "partner: 'ende'") }),
  "a wrong target behind a guard": source({ next: right.next.replace("target: 'end'", "target: 'ende'") }),
  "a wrong guard name": source({ next: right.next.replace("guard: 'isAlone'", "guard: 'isAlon'") }),
  "a missing step": source({ next: right.next.replace("partner: 'end', ", "") }),
  "a superfluous step": source({ next: `${right.next}, zzz: 'end'` }),
  "an unknown answer in a guard": source({ guards: right.guards.replace("answers.isAlone", "answers.isAlnoe") }),
  "an impossible value in a guard": source({ guards: right.guards.replace("'work'", "'wrok'") }),
  "an answer of the wrong type in a guard": source({ guards: right.guards.replace("answers.isAlone", "answers.age") }),
  "a wrong first page": source({ initial: '"zzz"' }),
} as const;

/** Compiler messages for small files that exist only here, checked with the project's own options. */
function diagnose(files: Readonly<Record<string, string>>): Map<string, string[]> {
  const read = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, root);
  const paths = new Map(
    Object.entries(files).map(([name, text], index) => [join(root, "flows", `probe-${index}.ts`), { name, text }]),
  );
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([...paths.keys()], options, {
    ...host,
    fileExists: (path) => paths.has(path) || host.fileExists(path),
    readFile: (path) => paths.get(path)?.text ?? host.readFile(path),
    getSourceFile: (path, version, ...rest) => {
      const probe = paths.get(path);
      return probe ? ts.createSourceFile(path, probe.text, version) : host.getSourceFile(path, version, ...rest);
    },
  });
  return new Map(
    Array.from(paths, ([path, { name }]) => {
      const found = [program.getSyntacticDiagnostics, program.getSemanticDiagnostics].flatMap((get) => [
        ...get(program.getSourceFile(path)),
      ]);
      return [name, found.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"))];
    }),
  );
}

const diagnostics = diagnose(probes);

test("a right flow compiles", () => {
  expect(diagnostics.get("a right flow")).toEqual([]);
});

test.each(Object.keys(probes).filter((name) => name !== "a right flow"))("%s is a compile error", (name) => {
  const messages = diagnostics.get(name)?.join("\n") ?? "";
  expect(messages).not.toBe("");
  // The flow itself must be refused, not the probe's imports or syntax.
  expect(messages).not.toMatch(/Cannot find|expected/);
});
