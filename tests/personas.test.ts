import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { differences } from "#app/cli/persona/compare.ts";
import { loadPersona } from "#app/cli/persona/file.ts";
import { judge } from "#app/cli/persona/judge.ts";
import { deployed } from "#app/config/deployed.ts";
import { loadConfig } from "#app/config/load.server.ts";
import { lawRows } from "#flows/law/rows.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FOLDER = join(ROOT, "tests/personas");
const temporary = mkdtempSync(join(tmpdir(), "personas-"));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

type Run = { code: number; output: string; said: string };

/** Runs the command as a person at the terminal does. */
function persona(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const command = [join(ROOT, "app/cli/persona.ts"), ...args];
    execFile(process.execPath, command, { cwd: ROOT }, (error, output, said) =>
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, output, said }),
    );
  });
}

/** A persona like P1 but for what is given. */
function fileWith(name: string, content: object): string {
  const path = join(temporary, `${name}.json`);
  writeFileSync(path, JSON.stringify({ extends: join(FOLDER, "p1.json"), ...content }));
  return path;
}

const config = loadConfig({ root: ROOT, environment: "demo", mode: "demo", known: deployed });
const world = { authorities: config.authorities, lawRows };

const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

describe("personas", () => {
  test("there are some, and each says what is to be expected", () => {
    expect(files.length).toBeGreaterThan(5);
    const silent = files.filter((name) => !("expect" in JSON.parse(readFileSync(join(FOLDER, name), "utf8"))));
    expect(silent).toEqual([]);
  });

  test.each(files)("%s comes out as it expects", (name) => {
    const person = loadPersona(join(FOLDER, name));
    const { report } = judge(person, world);
    const expected = { ...(person.service === undefined ? {} : { service: person.service }), ...person.expect };
    expect(differences(expected, report)).toEqual([]);
  });

  test("the command says what it found and ends with 0", async () => {
    const run = await persona(join(FOLDER, "p1.json"));
    expect([run.code, run.said]).toEqual([0, ""]);
    expect(Object.keys(JSON.parse(run.output)).toSorted()).toEqual([
      "authority",
      "completeness",
      "deadline",
      "evidence",
      "fee",
      "findings",
      "legalBasis",
      "outcome",
      "path",
      "service",
      "unused",
    ]);
  });

  test("another outcome than expected ends with 1 and says the difference", async () => {
    const run = await persona(fileWith("other", { expect: { fee: { cents: 1 }, deadline: { codes: ["L1"] } } }));
    expect(run.code).toBe(1);
    expect(run.said).toContain("fee.cents: expected 1, got 10000");
    expect(run.said).toContain('deadline.codes: expected ["L1"], got ["L1","L2"]');
    expect(JSON.parse(run.output).outcome).toBe("application");
  });

  test("a wanted service that the answers do not lead to ends with 1", async () => {
    const run = await persona(fileWith("service", { service: "W-18g", answers: { workGoal: "otherWork" } }));
    expect(run.code).toBe(1);
    expect(run.said).toContain('service: expected "W-18g", got null');
  });

  test("a value that a page refuses ends with 1 and names field and page", async () => {
    const run = await persona(fileWith("refused", { answers: { addressSince: "2027-01-01" } }));
    expect([run.code, run.output]).toEqual([1, ""]);
    expect(run.said).toContain('step "address" of W-18g refuses answers.addressSince (dateInFuture)');
  });

  test("settings of the file come before those of the authority", async () => {
    const question = { id: "x-bike", kind: "yesNo" };
    const settings = { askOffences: false, extraQuestions: [question] };
    const missing = await persona(fileWith("extra", { settings }));
    expect([missing.code, missing.said]).toEqual([
      2,
      expect.stringContaining('answers.x-bike missing: step "authorityQuestions"'),
    ]);
    const run = await persona(fileWith("extra2", { settings, answers: { "x-bike": true } }));
    expect(run.code).toBe(0);
    expect(JSON.parse(run.output).path).toContain("authorityQuestions");
    expect(JSON.parse(run.output).unused).toEqual(["convicted", "pendingProceedings", "expelledOrRefused"]);
  });
});

describe("a wrong file ends with 2 and the name of the fault:", () => {
  test.each<[string, object, string]>([
    ["an unknown field", { answers: { shoeSize: "42" } }, "answers.shoeSize"],
    [
      "an unknown field of an entry",
      { answers: { previousStays: [{ stayHotel: "x" }] } },
      "answers.previousStays[0].stayHotel",
    ],
    ["an unknown service", { service: "W-99" }, '"W-99"'],
    ["an unknown evidence code", { uploads: { SHOES: "later" } }, "uploads.SHOES"],
    ["an unknown authority", { authority: "atlantis" }, '"atlantis"'],
    ["an unknown key", { anwsers: {} }, "anwsers"],
    ["an unknown choice", { answers: { sex: "female" } }, "answers.sex"],
    ["an unknown state", { answers: { nationalities: ["IN"] } }, "answers.nationalities"],
    ["a word where yes or no is asked", { answers: { nameChanged: "no" } }, "answers.nameChanged"],
    ["a date that is none", { answers: { jobStart: "1.12.2026" } }, "answers.jobStart"],
    ["a missing field", { answers: { placeOfBirth: null } }, 'answers.placeOfBirth missing: step "birth" of W-18g'],
    [
      "a missing field of an entry",
      { answers: { previousStays: [{ stayFrom: "2017" }] } },
      "answers.previousStays[0].stayTo",
    ],
    ["a missing list", { answers: { family: null } }, 'answers.family is missing: step "family" of W-18g'],
    ["missing evidence", { uploads: { PASS: [] } }, 'uploads.PASS missing: step "evidence" of W-18g'],
    ["a date of the check that is none", { today: "21.11.2026" }, "today"],
    ["an unknown language", { language: "xx" }, "language"],
    ["a base that is not there", { extends: "nowhere.json" }, "nowhere.json"],
  ])("%s", async (name, content, fault) => {
    const run = await persona(fileWith(name.replaceAll(" ", "-"), content));
    expect([run.code, run.output]).toEqual([2, ""]);
    expect(run.said).toContain(fault);
  });

  test("a file that extends itself", async () => {
    const run = await persona(fileWith("circle", { extends: "circle.json" }));
    expect([run.code, run.said]).toEqual([2, expect.stringContaining("extends itself")]);
  });

  test("no file, no JSON", async () => {
    const path = join(temporary, "broken.json");
    writeFileSync(path, "{");
    expect((await persona()).code).toBe(2);
    expect(await persona(path)).toMatchObject({ code: 2, said: expect.stringContaining("is not JSON") });
  });
});
