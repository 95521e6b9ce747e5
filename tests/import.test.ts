import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { csvHead, csvLines, reportLines } from "#app/import/report.ts";
import { importFile, type FamilyResult, type ImportReport } from "#app/import/run.server.ts";
import { templateFiles } from "#app/import/template.ts";
import { parseAccessCode } from "#app/store/access-code.ts";
import { findCase } from "#app/store/cases.server.ts";
import { holderOf, memberSecret } from "#app/store/holder.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { importedFamilies } from "#drizzle/helping.ts";
import { cases, drafts, outbox } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "./support/app.ts";
import { csvOf, family, member, onePerson, type Cells } from "./support/importFiles.ts";

const MINUTES = 60_000;

let opened: TestApp;
beforeAll(async () => {
  opened = await openApp();
}, 3 * MINUTES);
afterAll(() => opened?.close(), MINUTES);
afterEach(async () => {
  const { db } = opened.app.database;
  for (const table of [importedFamilies, outbox, cases]) await db.delete(table);
});

type Imported = Extract<ImportReport, { ok: true }>;

async function importing(bytes: Buffer, tell?: (result: FamilyResult) => void): Promise<ImportReport> {
  const { app } = opened;
  const authority = app.config.byId.get("potsdam") ?? expect.fail();
  return importFile(app, { authority, bytes, codeFor: () => randomBytes(16), ...(tell && { tell }) });
}

async function imported(rows: readonly Cells[], columns?: readonly string[]): Promise<Imported> {
  const report = await importing(csvOf(rows, columns));
  return report.ok ? report : expect.fail(JSON.stringify(report));
}

const problemsIn = ({ families }: Imported) =>
  families.flatMap(({ problems }) => problems.map(({ row, field, code }) => [row, field, code]));
const casesNow = () => opened.app.database.db.$count(cases);

/** What was filed for the members of a family. */
async function payloadsOf({ accessCode = "", persons }: FamilyResult): Promise<Payload[]> {
  const parsed = parseAccessCode(accessCode);
  if (!parsed.ok) throw new Error("no access code");
  const found = persons.map(async (_, index) => {
    const { db } = opened.app.database;
    const filed = await findCase(db, holderOf(memberSecret(parsed.secret, index)), opened.app.now());
    return JSON.parse(filed?.copy.payload ?? "{}") as Payload;
  });
  return Promise.all(found);
}

test(
  "200 rows with 10 broken ones in families of one import 190 and report exactly 10",
  async () => {
    const broken: readonly Cells[] = [
      { dateOfBirth: "31.02.1990" },
      { familyName: "Тестенко" },
      { declared: "" },
      { sex: "female" },
      { street: "" },
      { nationalities: "UK" },
      { relation: "cousin" },
      { entryDateCurrent: "10.11.2027" },
      { identityDocType: "passport", number: "" },
      { place: "Berlin", postalCode: "10115" },
    ];
    const rows = Array.from({ length: 200 }, (_, index) =>
      onePerson(index, index % 20 === 7 ? broken[Math.floor(index / 20)] : {}),
    );
    const report = await imported(rows);
    expect(report.counts).toEqual({ persons: 200, filed: 190, before: 0, stopped: 10, wrong: 10 });
    expect(problemsIn(report)).toEqual([
      [9, "dateOfBirth", "date"],
      [29, "familyName", "latinCyrillic"],
      [49, "declared", "notDeclared"],
      [69, "sex", "choice"],
      [89, "street", "required"],
      [109, "nationalities", "country"],
      [129, "relation", "relationUnknown"],
      [149, "entryDateCurrent", "dateInFuture"],
      [169, "number", "required"],
      [189, "postalCode", "elsewhere"],
    ]);
    expect(await casesNow()).toBe(190);
    expect(await opened.app.database.db.$count(drafts)).toBe(0);
  },
  3 * MINUTES,
);

describe("families", () => {
  test("a wrong row stops its family and no other, and each is linked within itself", async () => {
    const [first, second = {}, third] = family("2", 10);
    const rows = [
      ...family("1", 0),
      first ?? {},
      { ...second, dateOfBirth: "1990-13-01" },
      third ?? {},
      ...family("3", 20),
    ];
    const report = await imported(rows);
    expect(report.counts).toEqual({ persons: 9, filed: 6, before: 0, stopped: 3, wrong: 1 });
    expect(problemsIn(report)).toEqual([[6, "dateOfBirth", "date"]]);
    const [one, two] = report.families;
    const filed = await payloadsOf(one ?? expect.fail());
    expect(filed.map(({ links = [] }) => links.map(({ relation }) => relation))).toEqual([
      [],
      ["parent"],
      ["spouse", "other"],
    ]);
    expect(filed.map(({ household }) => household?.member)).toEqual([0, 1, 2]);
    expect(new Set(filed.map(({ household }) => household?.id)).size).toBe(1);
    const lines = reportLines({ ...report, families: [two ?? expect.fail()] });
    expect(lines.map(({ row, state }) => [row, state])).toEqual([
      [5, "stopped"],
      [6, "wrong"],
      [7, "stopped"],
    ]);
    expect(lines[1]?.text.uk).toMatch(/^Дата народження: /);
  });

  test("the payload says who helped, that declarations were made on paper, and whence an answer comes", async () => {
    const report = await imported(family("1", 0));
    const [mother, child, father] = await payloadsOf(report.families[0] ?? expect.fail());
    expect(mother?.filer.role).toBe("helper");
    expect(child?.filer.role).toBe("parent");
    expect(mother?.declarations.map(({ id, given }) => [id, given])).toEqual([
      ["declareTrue", true],
      ["declareDuties", true],
      ["consentEmail", false],
      ["declareHelped", true],
    ]);
    for (const { text } of mother?.declarations ?? []) expect(text).toContain("auf Papier erklärt");
    expect(father?.provenance).toMatchObject({
      street: "carriedOver",
      maritalStatus: "carriedOver",
      familyName: "typed",
    });
    expect(mother?.evidence).toEqual([expect.objectContaining({ code: "UA-NAT", files: [], later: { reason: "" } })]);
    expect(mother?.data["family"]).toHaveLength(2);
    expect(child?.data["person"]).toMatchObject({ representativeGivenNames: "Olena" });
  });

  test.each<[string, Cells[], unknown[]]>([
    ["two first persons", [onePerson(0), onePerson(1, { family: "F0" })], [[3, "relation", "firstTwice"]]],
    ["no first person", [onePerson(0, { relation: "child" })], [[2, "relation", "firstMissing"]]],
    ["no number", [onePerson(0, { family: " " })], [[2, "family", "familyMissing"]]],
    ["the same person twice", [onePerson(0), onePerson(0, { relation: "child" })], [[3, undefined, "sameTwice"]]],
    [
      "one number for two addresses",
      [onePerson(0), onePerson(1, { family: "F0", relation: "other", street: "Gartenweg" })],
      [[3, "street", "otherAddress"]],
    ],
    [
      "more people than one access code serves",
      [onePerson(0), ...Array.from({ length: 10 }, (_, index) => member(index + 1, "F0", "other"))],
      [[2, "family", "tooManyPersons"]],
    ],
    [
      "so many people that nobody is looked at further",
      [
        ...Array.from({ length: 10 }, (_, index) => member(index + 1, "F0", "other", { sex: "" })),
        onePerson(0, { sex: "" }),
      ],
      [[2, "family", "tooManyPersons"]],
    ],
    [
      "what the first person lacks, told once",
      [onePerson(0, { street: "" }), member(1, "F0", "other")],
      [[2, "street", "required"]],
    ],
    [
      "a minor whom nobody represents",
      [onePerson(0, { dateOfBirth: "2012-01-01", careOfMinor: "alone" })],
      [[2, "careOfMinor", "unaccompaniedMinor"]],
    ],
    [
      "a right in Ukraine without protection here",
      [onePerson(0, { nationalities: "IND", ukraineRight: "limited" })],
      [[2, "ukraineRight", "ukraineLimitedPermit"]],
    ],
    ["a German", [onePerson(0, { nationalities: "DEU" })], [[2, "nationalities", "notProtection"]]],
  ])("%s", async (_, rows, expected) => {
    const report = await imported(rows);
    expect(problemsIn(report)).toEqual(expected);
    expect(report.counts.filed).toBe(0);
    expect(await casesNow()).toBe(0);
  });

  test("the published example is filed whole, as CSV and as JSON, and counts once", async () => {
    const files = templateFiles();
    const csv = await importing(Buffer.from(files["h-24-example.csv"] ?? ""));
    expect(csv).toMatchObject({ ok: true, counts: { persons: 3, filed: 3 } });
    const json = await importing(Buffer.from(files["h-24-example.json"] ?? ""));
    expect(json).toMatchObject({ ok: true, counts: { persons: 3, filed: 0, before: 3 } });
    const [son] = csv.ok ? (await payloadsOf(csv.families[0] ?? expect.fail())).slice(1) : [];
    expect(son?.subjects).toEqual([{ familyName: "Testenko", givenNames: "Maksym" }]);
    expect(son?.provenance["familyName"]).toBe("transliterated");
  });
});

/** Persons of each family with their references. */
const references = ({ families }: Imported) =>
  families.map(({ persons }) => persons.map(({ name, reference }) => [name, reference].join()).toSorted());

describe("the same family counts once", () => {
  test("in a second file, with other numbers, another order and another way of writing, and gets no other code", async () => {
    const first = await imported([...family("1", 0), ...family("2", 10)]);
    const again = [...family("X", 10), ...family("Y", 0)].toReversed();
    const second = await imported(again.map((row) => ({ ...row, declared: "так" })));
    expect(second.counts).toEqual({ persons: 6, filed: 0, before: 6, stopped: 0, wrong: 0 });
    expect(references(second).toSorted()).toEqual(references(first).toSorted());
    expect(second.families.map(({ accessCode }) => accessCode)).toEqual([undefined, undefined]);
    expect(await casesNow()).toBe(6);
  });

  test("twice in one file", async () => {
    const report = await imported([onePerson(0), onePerson(0, { family: "other" })]);
    expect(report.counts).toMatchObject({ filed: 1, before: 1 });
    expect(await casesNow()).toBe(1);
  });

  test("at the same time", async () => {
    const rows = csvOf(Array.from({ length: 5 }, (_, index) => onePerson(index)));
    const reports = await Promise.all([importing(rows), importing(rows), importing(rows)]);
    const filed = reports.map((report) => (report.ok ? report.counts.filed : -1));
    expect(filed.reduce((sum, one) => sum + one)).toBe(5);
    expect(await casesNow()).toBe(5);
  });

  test("after a breakdown in the middle, before and after a family is filed: nobody is lost or there twice", async () => {
    const rows = csvOf([0, 1, 2, 3].flatMap((index) => family(`F${index}`, index * 10)));
    let left = 2;
    const breakdown = () => {
      left -= 1;
      if (left <= 0) throw new Error("breakdown");
    };
    await expect(importing(rows, breakdown)).rejects.toThrow("breakdown");
    expect(await casesNow()).toBe(3);
    const again = await importing(rows);
    expect(again).toMatchObject({ ok: true, counts: { filed: 9, before: 3 } });
    expect(await casesNow()).toBe(12);
    const sent = await opened.app.database.db.select({ caseId: outbox.caseId }).from(outbox);
    expect(new Set(sent.map(({ caseId }) => caseId)).size).toBe(12);
  });
});

describe("the report as CSV", () => {
  test("computes nothing, whatever a name says, and gives each family its code once", async () => {
    const names = ["＝1+1", "=1+1", "+49", "-2", "@SUM(A1)", "a;b", 'say "hi"'];
    const rows = names.map((givenNames, index) => onePerson(index, { givenNames, familyName: "", declared: "nein" }));
    const report = await imported([...rows, ...family("ok", 50)]);
    const text = csvHead + csvLines(reportLines(report));
    expect(text.startsWith("\ufeffZeile;Familie;Person;")).toBe(true);
    for (const cell of text.split(/[;\r\n]+/)) expect(cell).not.toMatch(/^"?\s*[=＝+\-@]/);
    expect(text).toContain(`"'=1+1"`);
    expect(text).toContain('"a;b"');
    const code = report.families.at(-1)?.accessCode ?? expect.fail();
    expect(text.split(code)).toHaveLength(2);
  });
});

test("the names and codes of a file stand nowhere in clear", async () => {
  const report = await imported(family("1", 0));
  const kept = JSON.stringify(await opened.app.database.db.select().from(importedFamilies));
  const [first] = report.families;
  expect(kept).toContain(first?.persons[0]?.reference);
  expect(kept).not.toMatch(/Testaaaaa|Olena|1991/i);
  expect(kept).not.toContain(first?.accessCode);
});
