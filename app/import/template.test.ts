import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { columnLabel, fileText, importText, problemText } from "#app/i18n/importWords.ts";
import { ownColumns, templateColumns } from "#flows/import/columns.ts";
import { fileCodes, importCodes } from "#flows/import/problems.ts";
import { templateFiles } from "./template.ts";

const FOLDER = "public/templates";
const files = templateFiles();

test("the published templates are those of the program (npm run schemas)", () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual(Object.keys(files).toSorted());
  const old = Object.entries(files).filter(([name, text]) => readFileSync(join(FOLDER, name), "utf8") !== text);
  expect(old.map(([name]) => name)).toEqual([]);
});

test("every column has its words in German and Ukrainian, and is explained", () => {
  const names = [...ownColumns, ...templateColumns.map(({ name }) => name)];
  for (const name of names) {
    const { de, uk } = columnLabel(name);
    expect([name, de === name, uk === name, de === uk]).toEqual([name, false, false, false]);
  }
  const explained = (files["h-24-columns.csv"] ?? "").trimEnd().split("\r\n").slice(1);
  expect(explained.map((line) => line.split(";")[0])).toEqual(names);
  for (const line of explained) expect(line).not.toMatch(/;;$|columns\.|options\./);
});

test("every problem has its words in German and Ukrainian, without holes", () => {
  const said = [
    ...importCodes.map((code) => [code, problemText({ field: "sex", code, options: ["w", "m"] })] as const),
    ...fileCodes.map((code) => [code, fileText({ code, columns: ["sex"], line: 3 })] as const),
    ...["filed", "before", "wrong", "stopped"].map((state) => [state, importText("states", state)] as const),
  ];
  for (const [code, { de, uk }] of said) {
    expect([code, de, uk]).not.toContain(`states.${code}`);
    expect([de === code, uk === code]).toEqual([false, false]);
    expect(uk).toMatch(/[а-яії]/i);
    expect(de + uk).not.toMatch(/\{\{|: ,|\[object/);
  }
});

test("a name in Cyrillic letters says what to do", () => {
  const { de, uk } = problemText({ field: "familyName", code: "latinCyrillic" });
  expect(de).toBe(
    "Familienname: Das sind kyrillische Buchstaben. Schreiben Sie lateinisch, so wie im Pass. Hat die Person kein Papier in lateinischer Schrift: latinDocument = nein, und der Name kommt in familyNameOriginal und givenNamesOriginal.",
  );
  expect(uk).toMatch(/^Прізвище: /);
});
