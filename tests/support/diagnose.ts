import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Compiler messages for small files that exist only here, checked with the project's own options. */
export function diagnose(files: Readonly<Record<string, string>>): Map<string, string[]> {
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
