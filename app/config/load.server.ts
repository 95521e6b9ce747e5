import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { authoritySchema, type Authority } from "#app/config/authority.ts";
import { checkFile } from "#app/config/checkFile.ts";
import { crossCheck, productionProblems, type Known, type Source } from "#app/config/crossChecks.ts";
import { ConfigError, type Problem } from "#app/config/errors.ts";
import { operatorSchema, type Operator } from "#app/config/operator.ts";
import { parseYamlFile, type YamlFile } from "#app/config/yamlFile.ts";

/** Everything the files below `config/` say, checked. Authorities stand in the order of their ids. */
export type Config = { operator: Operator; authorities: readonly Authority[]; byId: ReadonlyMap<string, Authority> };

export type LoadOptions = {
  /** Folder that holds `config/`. */
  root: string;
  /** Name of the folder below `config/environments`. */
  environment: string;
  /** `production` refuses sample values and transports that never deliver. */
  mode: "demo" | "production";
  known: Known;
};

const OPERATOR = "config/operator.yaml";

/** A file or folder that is not there, said like every other problem. */
function absent(file: string, what: string, remedy: string): Problem {
  return { file, line: 1, key: "", what, remedy };
}

function read(root: string, file: string): YamlFile {
  return parseYamlFile(file, readFileSync(join(root, file), "utf8"));
}

function readOperator(root: string): { files: YamlFile[]; value?: Operator; problems: Problem[] } {
  if (!existsSync(join(root, OPERATOR))) {
    const problem = absent(OPERATOR, "the file does not exist", "Write it as docs/operation.md describes.");
    return { files: [], problems: [problem] };
  }
  const file = read(root, OPERATOR);
  return { files: [file], ...checkFile(file, operatorSchema) };
}

function readAuthorities(root: string, environment: string): { files: YamlFile[]; problems: Problem[] } {
  const folder = `config/environments/${environment}/authorities`;
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)).toSorted() : [];
  const misspelt = names.filter((name) => /\.(yml|YAML|YML)$/.test(name));
  const files = names.filter((name) => name.endsWith(".yaml")).map((name) => read(root, `${folder}/${name}`));
  const problems = misspelt.map((name) => absent(`${folder}/${name}`, "is not read", "Files end in .yaml; rename it."));
  if (files.length === 0) {
    const remedy = "Add one file for each authority as docs/authority.md describes, or correct CONFIG_ENV.";
    problems.push(absent(folder, "there is no authority", remedy));
  }
  return { files, problems };
}

/**
 * Reads `config/operator.yaml` and `config/environments/<environment>/authorities/*.yaml`.
 * @throws ConfigError with everything that is wrong in all files at once; nothing is loaded then.
 */
export function loadConfig({ root, environment, mode, known }: LoadOptions): Config {
  const operator = readOperator(root);
  const { files, problems } = readAuthorities(root, environment);
  const checked = files.map((file) => ({ file, ...checkFile(file, authoritySchema) }));
  const sources = checked.flatMap(({ file, value }): Source[] => (value ? [{ file, authority: value }] : []));
  const all = [
    ...operator.problems,
    ...problems,
    ...checked.flatMap((file) => file.problems),
    ...crossCheck(sources, known),
    ...(mode === "production" ? productionProblems([...operator.files, ...files], sources) : []),
  ];
  if (all.length > 0 || !operator.value) throw new ConfigError(all);
  const authorities = sources.map(({ authority }) => authority).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    operator: operator.value,
    authorities,
    byId: new Map(authorities.map((authority) => [authority.id, authority])),
  };
}
