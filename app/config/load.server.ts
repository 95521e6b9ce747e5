import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { authoritySchema, type Authority } from "#app/config/authority.ts";
import { checkFile } from "#app/config/checkFile.ts";
import { crossCheck, productionProblems, senderProblems, type Known, type Source } from "#app/config/crossChecks.ts";
import { ConfigError, type Problem } from "#app/config/errors.ts";
import { unknownGroupMembers } from "#app/config/groupChecks.ts";
import { operatorSchema, type Operator } from "#app/config/operator.ts";
import { staffSchema, unknownStaffAuthorities, type StaffRules } from "#app/config/staff.ts";
import { parseYamlFile, type YamlFile } from "#app/config/yamlFile.ts";

/** Everything the files below `config/` say, checked. Authorities stand in the order of their ids. */
export type Config = {
  operator: Operator;
  authorities: readonly Authority[];
  byId: ReadonlyMap<string, Authority>;
  /** Which logins give which rights; absent where nobody logs in. */
  staff: StaffRules | undefined;
};

export type LoadOptions = {
  /** Folder that holds `config/`. */
  root: string;
  /** Name of the folder below `config/environments`. */
  environment: string;
  /** `production` refuses sample values and transports that never deliver. */
  mode: "demo" | "production";
  known: Known;
  /** True where staff log in: then the rules who may do what must be there. */
  hasStaff?: boolean;
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

function readStaff(root: string, environment: string, isNeeded: boolean, ids: readonly string[]) {
  const path = `config/environments/${environment}/staff.yaml`;
  if (!existsSync(join(root, path))) {
    const remedy = "Write it as docs/operation.md describes, or remove the variables STAFF_….";
    return { files: [], value: undefined, problems: isNeeded ? [absent(path, "the file does not exist", remedy)] : [] };
  }
  const file = read(root, path);
  const { value, problems } = checkFile(file, staffSchema);
  const unknown = value ? unknownStaffAuthorities(file, value, ids) : [];
  return { files: [file], value, problems: [...problems, ...unknown] };
}

/**
 * Reads `config/operator.yaml`, `config/environments/<environment>/authorities/*.yaml` and `…/staff.yaml`.
 * @throws ConfigError with everything that is wrong in all files at once; nothing is loaded then.
 */
export function loadConfig({ root, environment, mode, known, hasStaff = false }: LoadOptions): Config {
  const operator = readOperator(root);
  const { files, problems } = readAuthorities(root, environment);
  const checked = files.map((file) => ({ file, ...checkFile(file, authoritySchema) }));
  const sources = checked.flatMap(({ file, value }): Source[] => (value ? [{ file, authority: value }] : []));
  // By the names of the files: a broken one must not make its authority unknown too.
  const ids = files.map(({ file }) => basename(file, ".yaml"));
  const staff = readStaff(root, environment, hasStaff, ids);
  const all = [
    ...operator.problems,
    ...problems,
    ...checked.flatMap((file) => file.problems),
    ...crossCheck(sources, known),
    ...(operator.value && !operator.value.directory ? senderProblems(operator.files, sources) : []),
    ...(operator.value ? unknownGroupMembers(operator.files, operator.value, ids) : []),
    ...staff.problems,
    ...(mode === "production" ? productionProblems([...operator.files, ...files, ...staff.files], sources) : []),
  ];
  if (all.length > 0 || !operator.value) throw new ConfigError(all);
  const authorities = sources.map(({ authority }) => authority).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    operator: operator.value,
    authorities,
    byId: new Map(authorities.map((authority) => [authority.id, authority])),
    staff: staff.value,
  };
}
