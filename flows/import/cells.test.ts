import { describe, expect, test } from "vitest";
import { readCell } from "./cells.ts";
import { columnsFor } from "./columns.ts";
import { fullSettings } from "#flows/services/registry.ts";

const columns = columnsFor(fullSettings);
function read(name: string, text: string): unknown {
  const column = columns.find((one) => one.name === name);
  if (!column) throw new Error(`no column ${name}`);
  const cell = readCell(column.field, text);
  return cell.kind === "value" ? cell.value : cell.kind === "empty" ? undefined : [cell.code];
}

describe("cells are read as people write them", () => {
  test.each<[string, string, unknown]>([
    ["dateOfBirth", "17.05.1990", "1990-05-17"],
    ["dateOfBirth", "7.5.1990", "1990-05-07"],
    ["dateOfBirth", "17. 05. 1990", "1990-05-17"],
    ["dateOfBirth", "05.1990", "1990-05"],
    ["dateOfBirth", "1990", "1990"],
    ["dateOfBirth", "1990-05-17", "1990-05-17"],
    ["dateOfBirth", "31.02.1990", ["date"]],
    ["dateOfBirth", "17.05.90", ["date"]],
    ["dateOfBirth", "05/17/1990", ["date"]],
    ["dateOfBirth", "33010", ["date"]],
    ["issuedOn", "05.2020", ["date"]],
    ["registered", "Ja", true],
    ["registered", "ні", false],
    ["registered", "vielleicht", ["yesNo"]],
    ["unlimited", "x", true],
    ["unlimited", "nein", undefined],
    ["nationalities", "ukr, pol", ["UKR", "POL"]],
    ["nationalities", "UA", ["country"]],
    ["entryFrom", "pol", "POL"],
    ["entryFrom", "POL,UKR", ["country"]],
    ["sex", "W", "w"],
    ["sex", "female", ["choice"]],
    ["needs", "interpreter wheelchair", ["interpreter", "wheelchair"]],
    ["needs", "interpreter, taxi", ["choice"]],
    ["number", "fx 000-091", "FX000091"],
    ["postalCode", "1446", ["postalCode"]],
    ["phone", "+380 44 0000091", "+380 44 0000091"],
    ["familyName", "Тестенко", ["latinCyrillic"]],
    ["familyNameOriginal", "Тестенко", "Тестенко"],
    ["familyName", "   ", undefined],
  ])("%s: %s", (name, text, expected) => {
    expect(read(name, text)).toEqual(expected);
  });
});
