import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deployed } from "#app/config/deployed.ts";
import { ConfigError, type Problem } from "#app/config/errors.ts";
import { loadConfig } from "#app/config/load.server.ts";
import { keysBelow, schemaTree } from "#app/config/schemaKeys.ts";
import { staffRoles, staffSchema } from "#app/config/staff.ts";

const ENVIRONMENT = "config/environments/demo";
const FILE = `${ENVIRONMENT}/staff.yaml`;
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "config-"));
  cpSync("config/operator.yaml", join(root, "config/operator.yaml"));
  cpSync(ENVIRONMENT, join(root, ENVIRONMENT), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const load = (hasStaff = true) => loadConfig({ root, environment: "demo", mode: "demo", known: deployed, hasStaff });

function problems(hasStaff = true): readonly Problem[] {
  try {
    load(hasStaff);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

/** Changes one place of the file; answers the line on which it stands. */
function change(from: string, to: string): number {
  const text = readFileSync(join(root, FILE), "utf8");
  if (!text.includes(from)) throw new Error(`"${from}" does not stand in the file`);
  writeFileSync(join(root, FILE), text.replace(from, to));
  return text.slice(0, text.indexOf(from)).split("\n").length;
}

test("the file of the demo has a rule for every role", () => {
  const { staff } = load();
  expect(staff?.claim).toBe("groups");
  expect(new Set(staff?.rules.map(({ role }) => role))).toEqual(new Set(staffRoles));
  expect(staff?.rules[0]).toEqual({ value: "rechenzentrum-betrieb", role: "operator", authorities: "all" });
});

test("an authority that does not exist is told with line and the one that was probably meant", () => {
  const line = change("authorities: [barnim]", "authorities: [barnimm]");
  expect(problems()).toEqual([
    {
      file: FILE,
      line,
      key: "rules.4.authorities.0",
      what: '"barnimm" is no authority here',
      remedy: 'Did you mean "barnim"?',
    },
  ]);
});

test("a role that does not exist is told with the roles there are", () => {
  const line = change("role: lead", "role: boss");
  expect(problems()).toEqual([
    expect.objectContaining({ line, key: "rules.2.role", what: 'has the unknown value "boss"' }),
  ]);
  expect(problems()[0]?.remedy).toContain("administrator");
});

test("a value that has two rules is refused at the second", () => {
  const line = change("value: abh-potsdam-leitung", "value: abh-potsdam-sachbearbeitung");
  expect(problems()).toEqual([
    expect.objectContaining({ line, key: "rules.2.value", what: '"abh-potsdam-sachbearbeitung" already has a rule' }),
  ]);
});

test.each(["authorities: every", "authorities: 3", "authorities: []", 'authorities: ["a,b"]', "authorities: ['a\"b']"])(
  "%s is refused",
  (text) => {
    const line = change("authorities: all", text);
    const [problem, ...more] = problems();
    expect([problem?.line, problem?.key.startsWith("rules.0.authorities"), more]).toEqual([line, true, []]);
    expect(problem?.remedy).toMatch(/\w+/);
  },
);

test("a missing file is a problem only where staff log in", () => {
  rmSync(join(root, FILE));
  expect(load(false).staff).toBeUndefined();
  expect(problems()).toEqual([expect.objectContaining({ file: FILE, line: 1, what: "the file does not exist" })]);
});

test("a broken file is told even where nobody logs in yet", () => {
  change("claim: groups", "claims: groups");
  expect(problems(false).map(({ key }) => key)).toEqual(["claim", "claims"]);
});

test("docs/operation.md explains every key in the words of the schema", () => {
  const text = readFileSync("docs/operation.md", "utf8");
  const lines = keysBelow(schemaTree(staffSchema)).map(({ path, description }) => `- \`${path}\`: ${description}\n`);
  expect(lines.filter((line) => !text.includes(line))).toEqual([]);
});
