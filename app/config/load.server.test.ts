import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deployed } from "#app/config/deployed.ts";
import { ConfigError, type Problem } from "#app/config/errors.ts";
import { loadConfig } from "#app/config/load.server.ts";
import { reservedWords } from "#app/config/reservedWords.ts";

const AUTHORITIES = "config/environments/demo/authorities";
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "config-"));
  cpSync("config/operator.yaml", join(root, "config/operator.yaml"));
  cpSync(AUTHORITIES, join(root, AUTHORITIES), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const load = (mode: "demo" | "production" = "demo") => loadConfig({ root, environment: "demo", mode, known: deployed });

function problems(mode: "demo" | "production" = "demo"): readonly Problem[] {
  try {
    load(mode);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

/** Changes one place of an authority's file; the old text must be there. */
function change(id: string, from: string, to: string): void {
  const path = join(root, AUTHORITIES, `${id}.yaml`);
  const before = readFileSync(path, "utf8");
  if (!before.includes(from)) throw new Error(`"${from}" does not stand in ${id}.yaml`);
  writeFileSync(path, before.replace(from, to));
}

function lineWith(id: string, text: string): number {
  const lines = readFileSync(join(root, AUTHORITIES, `${id}.yaml`), "utf8").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

test("the files of the demo are complete and load in the order of their ids", () => {
  const { authorities, byId, operator } = load();
  const ids = "barnim dahme-spreewald frankfurt-oder maerkisch-oderland potsdam potsdam-mittelmark uckermark";
  expect(authorities.map(({ id }) => id).join(" ")).toBe(ids);
  expect(byId.get("potsdam")?.ars).toBe("120540000000");
  expect(byId.get("uckermark")?.transport).toEqual({ kind: "none" });
  expect(operator.retention.draftDays).toBe(30);
});

test("a misspelt key is named with file, line and the word that was probably meant", () => {
  change("potsdam", "crestLetter: P", "crestLeter: P");
  expect(problems()).toContainEqual({
    file: `${AUTHORITIES}/potsdam.yaml`,
    line: lineWith("potsdam", "crestLeter"),
    key: "brand.crestLeter",
    what: "is not a known key",
    remedy: 'Did you mean "crestLetter"? Otherwise remove it.',
  });
});

test("a missing key is said together with what belongs there", () => {
  change("potsdam", "office: Ausländerbehörde\n", "");
  const [problem] = problems();
  expect(problem).toMatchObject({ key: "office", what: "is missing" });
  expect(problem?.remedy).toContain("The office within the authority");
});

test("a regional key without quotes is a number and the remedy asks for quotes", () => {
  change("potsdam", '"120540000000"', "120540000000");
  expect(problems()[0]).toMatchObject({ key: "ars", line: 3, what: "is a number, but text is needed" });
  expect(problems()[0]?.remedy).toMatch(/^Put the value in quotes/);
});

test("a colour that is too light on white is refused with its contrast", () => {
  change("potsdam", '"#1f4e5f"', '"#7fb0c0"');
  expect(problems().map(({ key }) => key)).toEqual(["brand.color", "brand.onColor"]);
  expect(problems()[0]?.what).toMatch(/contrast of 2\.\d\d against #ffffff, at least 4.5/);
});

test("a dark colour that cannot be read on the dark page is refused", () => {
  change("potsdam", '"#8fc3d4"', '"#1f4e5f"');
  expect(problems()[0]).toMatchObject({ key: "brand.darkColor", remedy: "Choose a lighter tone." });
});

test.each(["Potsdam", "1potsdam", "pots_dam", "pötsdam"])("the id %s is refused", (id) => {
  change("potsdam", "id: potsdam", `id: ${id}`);
  expect(problems()[0]).toMatchObject({ key: "id", line: 2 });
});

test("an id that is a word of the service's own addresses is refused", () => {
  change("potsdam", "id: potsdam", "id: status");
  expect(problems()[0]?.what).toBe("is a word that the service's own addresses use");
});

test.each(["forbidden", "receipt", "access-sheet", "fonts", "well-known"])("the id %s is refused", (id) => {
  change("potsdam", "id: potsdam", `id: ${id}`);
  expect(problems()[0]).toMatchObject({ key: "id", line: 2 });
});

test("every fixed word in the addresses of the service is reserved", () => {
  const paths = [...readFileSync("app/routes.ts", "utf8").matchAll(/route\("([^"]+)"/g)].map(([, path = ""]) => path);
  const words = paths.flatMap((path) => path.split("/")).filter((word) => /^[a-z]/.test(word));
  expect(words.length).toBeGreaterThan(15);
  expect(words.filter((word) => !reservedWords.includes(word))).toEqual([]);
});

test("an id used twice is told at the second file and names the first", () => {
  change("potsdam", "id: potsdam", "id: barnim");
  const found = problems();
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ file: `${AUTHORITIES}/potsdam.yaml`, line: 2, key: "id" });
  expect(found[0]?.what).toBe(`"barnim" is already used in ${AUTHORITIES}/barnim.yaml`);
});

test("an id that differs from its file name is refused", () => {
  change("potsdam", "id: potsdam", "id: potsdam-stadt");
  expect(problems()[0]?.remedy).toBe("Call the file potsdam-stadt.yaml, or correct the id.");
});

test("a destination that two authorities use is refused, whatever the case of its letters", () => {
  change("potsdam", "0d6f1c52-8a3e-4b17-9c64-2f5be1a7d054", "C3A94F0E-17d8-4e62-8b05-7ad6f2e15053");
  expect(problems()[0]).toMatchObject({ key: "transport.destinationId", file: `${AUTHORITIES}/potsdam.yaml` });
});

test("a service that does not exist is refused with the one that was probably meant", () => {
  change("potsdam", "services: [all]", "services: [W-18a, W-18b, W-18gg]");
  expect(problems()[0]).toMatchObject({
    key: "services.2",
    what: '"W-18gg" is unknown',
    remedy: 'Did you mean "W-18g"?',
  });
});

test("a language that does not exist is refused", () => {
  change("uckermark", "[de, en, uk, ru, ar]", "[de, en, xx]");
  expect(problems()[0]).toMatchObject({ key: "languages.2", what: '"xx" is unknown' });
});

test("an area that two authorities claim is refused", () => {
  change("potsdam", 'areas: ["12054"]', 'areas: ["12054", "12060"]');
  expect(problems()[0]).toMatchObject({
    key: "competence.areas.1",
    remedy: "Remove the area from one of the two files.",
  });
});

test("a municipality inside another authority's district needs an exception there, and then is accepted", () => {
  change("potsdam", 'areas: ["12054"]', 'areas: ["12054", "12060052"]');
  expect(problems()[0]?.what).toBe(`area "12060052" overlaps with "12060" of ${AUTHORITIES}/barnim.yaml`);
  change("barnim", 'areas: ["12060"]', 'areas: ["12060"]\n  except: ["12060052"]');
  expect(load().authorities).toHaveLength(7);
});

test("an exception that lies in none of the areas is refused", () => {
  change("uckermark", 'except: ["12073532"]', 'except: ["12060052"]');
  expect(problems()[0]).toMatchObject({ key: "competence.except.0" });
});

test("an unknown transport lists the kinds that exist", () => {
  change("potsdam", "kind: fit-connect", "kind: fitconnect");
  expect(problems()[0]?.key).toBe("transport.kind");
  expect(problems()[0]?.remedy).toBe("Known here: fit-connect, drop, failing, slow, none.");
});

test("a text in a language that the authority does not offer is refused", () => {
  change("barnim", "en: For example", "xx: For example");
  expect(problems()[0]).toMatchObject({ key: "settings.extraQuestions.0.hint.xx" });
});

test("a choice without options is refused", () => {
  change("barnim", "kind: yesNo", "kind: choice");
  expect(problems()[0]).toMatchObject({ key: "settings.extraQuestions.0.options", what: "is missing for a choice" });
});

test("two questions with one id are refused", () => {
  change("barnim", "id: earlierFileNumber", "id: knownToOffice");
  expect(problems()[0]).toMatchObject({ key: "settings.extraQuestions.1.id" });
});

test.each([
  ["a field", "familyName"],
  ["a field of the entry questions", "nationalities"],
  ["a field within a group", "relation"],
  ["a page", "evidence"],
])("a question whose id is the name of %s is refused", (_what, id) => {
  change("barnim", "id: earlierFileNumber", `id: ${id}`);
  expect(problems()).toEqual([
    expect.objectContaining({
      key: "settings.extraQuestions.1.id",
      what: `"${id}" is already a name of the service's own questions`,
    }),
  ]);
});

test("hours that end before they begin are refused", () => {
  change("potsdam", 'from: "09:00", to: "12:00"', 'from: "13:00", to: "12:00"');
  expect(problems()[0]).toMatchObject({ key: "contact.phoneHours.0.to" });
});

test("writing that is no YAML is told with its line", () => {
  change("potsdam", "office: Ausländerbehörde", 'office: "Ausländerbehörde');
  const [problem] = problems();
  expect(problem?.file).toBe(`${AUTHORITIES}/potsdam.yaml`);
  expect(problem?.what).toMatch(/not readable as YAML/);
});

test("a key that stands twice is told at its line", () => {
  change("potsdam", "office: Ausländerbehörde", "office: Ausländerbehörde\noffice: Amt");
  expect(problems()[0]).toMatchObject({ what: "a key stands here twice", line: lineWith("potsdam", "office: Amt") });
});

test("an empty file is told as a problem, not as a crash", () => {
  writeFileSync(join(root, AUTHORITIES, "potsdam.yaml"), "");
  expect(problems()[0]).toMatchObject({ file: `${AUTHORITIES}/potsdam.yaml`, line: 1 });
});

test("all broken files are reported at once", () => {
  change("potsdam", "shortName: Potsdam\n", "");
  change("barnim", "receivingRule: takenOverByAuthority", "receivingRule: whenever");
  change("uckermark", '"17291"', '"1729"');
  writeFileSync(
    join(root, "config/operator.yaml"),
    readFileSync("config/operator.yaml", "utf8").replace("draftDays: 30", "draftDays: 31"),
  );
  expect(problems().map(({ file, key }) => `${file.split("/").at(-1)} ${key}`)).toEqual([
    "operator.yaml retention.draftDays",
    "barnim.yaml receivingRule",
    "potsdam.yaml shortName",
    "uckermark.yaml contact.address.postalCode",
  ]);
});

test("the message of the error names file, line, key and remedy for every problem", () => {
  change("potsdam", "processingWeeks: 6", "processingWeeks: six");
  const line = lineWith("potsdam", "processingWeeks");
  const message = `- ${AUTHORITIES}/potsdam.yaml, line ${line}, processingWeeks: is text, but a whole number is needed.`;
  expect(() => load()).toThrow(message);
});

test("a file with the wrong ending is told instead of being passed over", () => {
  writeFileSync(join(root, AUTHORITIES, "teltow.yml"), "id: teltow\n");
  expect(problems()[0]?.remedy).toContain("rename it");
});

test("an authority that takes XAusländer needs the operator's key in the directory, and has a key of its own", () => {
  expect(load().operator.directory).toBeDefined();
  const key = 'authorityKey: "azr:muster-barnim"';
  change("potsdam", "kind: fit-connect", `kind: fit-connect\n  format: xauslaender-26.11\n  ${key}`);
  expect(problems()).toEqual([
    expect.objectContaining({ key: "transport.authorityKey", what: expect.stringContaining("is already used in") }),
  ]);
  change("potsdam", key, 'authorityKey: "azr:muster-potsdam"');
  const operator = join(root, "config/operator.yaml");
  writeFileSync(operator, readFileSync(operator, "utf8").replace(/^directory: .*\n/m, ""));
  expect(problems()).toEqual([
    expect.objectContaining({
      file: "config/operator.yaml",
      key: "directory",
      what: expect.stringContaining("barnim"),
    }),
  ]);
});

test("a group for possible duplicates names authorities that there are", () => {
  const operator = join(root, "config/operator.yaml");
  writeFileSync(operator, `${readFileSync(operator, "utf8")}duplicateGroups: [[potsdam, barnimm]]\n`);
  expect(problems()).toEqual([
    expect.objectContaining({
      key: "duplicateGroups.0.1",
      what: '"barnimm" is no authority here',
      remedy: 'Did you mean "barnim"?',
    }),
  ]);
});

test("an environment without authorities and a missing operator are both told", () => {
  rmSync(join(root, "config/operator.yaml"));
  const call = () => loadConfig({ root, environment: "live", mode: "demo", known: deployed });
  expect(call).toThrow("config/operator.yaml, line 1: the file does not exist");
  expect(call).toThrow("config/environments/live/authorities, line 1: there is no authority");
});

test("production refuses sample values and a transport that never delivers", () => {
  change("uckermark", "kind: none", "kind: failing\n  code: unreachable\n  retryable: true");
  expect(load().byId.get("uckermark")?.transport.kind).toBe("failing");
  const found = problems("production");
  expect(found).toContainEqual(
    expect.objectContaining({ key: "transport.kind", remedy: expect.stringContaining("fit-connect") }),
  );
  expect(found.filter(({ what }) => what.endsWith("is a sample value")).map(({ file }) => file)).toContain(
    "config/operator.yaml",
  );
});
