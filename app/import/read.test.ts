import { describe, expect, test } from "vitest";
import { columnsFor } from "#flows/import/columns.ts";
import { fullSettings } from "#flows/services/registry.ts";
import { csvOf, onePerson } from "#tests/support/importFiles.ts";
import { MOST_BYTES, readImport } from "./read.ts";

const settings = {
  ...fullSettings,
  extraQuestions: [{ id: "wasHere", kind: "yesNo", label: "Waren Sie schon hier?", optional: true } as const],
};
const columns = columnsFor(settings);
const read = (bytes: Uint8Array | string) => readImport(Buffer.from(bytes), columns, settings);
const text = csvOf([onePerson(1), onePerson(2)]).toString();
const [head = "", ...rows] = text.trimEnd().split("\r\n");
const rowsOf = (bytes: Uint8Array | string) => {
  const found = read(bytes);
  return found.ok ? found.rows : expect.fail(JSON.stringify(found.problem));
};

describe("a file is read", () => {
  test.each([
    ["as it is", text],
    ["with a mark in front", `\ufeff${text}`],
    ["with single line ends", text.replaceAll("\r\n", "\n")],
    ["with line ends of an old computer", text.replaceAll("\r\n", "\r")],
    ["with line ends of two kinds", text.replace("\r\n", "\n")],
    ["with line ends of two kinds the other way round", `${head}\r\n${rows.join("\n")}`],
    ["with headings in another case", text.replace(head, head.toUpperCase())],
  ])("%s", (_, content) => {
    const found = rowsOf(content);
    expect(found.map(({ row }) => row)).toEqual([2, 3]);
    expect(found[1]?.cells).toMatchObject({ family: "F2", coName: "Haus Beispiel", declared: "ja" });
  });

  test("with rows counted as spreadsheets count them, empty ones included", () => {
    const [one = "", two = ""] = rows;
    const found = rowsOf([head, "", one, ";".repeat(30), two].join("\r\n"));
    expect(found.map(({ row }) => row)).toEqual([3, 5]);
  });

  test("with a row of another width told alone, and quotation marks inside a text", () => {
    const [one = "", two = ""] = rows;
    const found = rowsOf([head, `${one};more`, two.replace("Haus Beispiel", 'Haus "Sonne"')].join("\n"));
    expect(found.map(({ isBroken }) => isBroken)).toEqual([true, undefined]);
    expect(found[1]?.cells["coName"]).toBe('Haus "Sonne"');
  });

  test("as JSON, with numbers, yes and no, lists and nothing", () => {
    const person = { ...onePerson(1), declared: true, nationalities: ["UKR", "POL"], houseNo: 7, coName: null };
    const [found] = rowsOf(JSON.stringify([person]));
    expect(found).toMatchObject({
      row: 1,
      cells: { declared: "true", nationalities: "UKR,POL", houseNo: "7", coName: "" },
    });
  });

  test("with columns at its end that somebody emptied", () => {
    const [one = "", two = ""] = rows;
    const found = rowsOf([`${head};;`, `${one};;`, two, `${two};;more`].join("\n"));
    expect(found.map(({ isBroken }) => isBroken)).toEqual([undefined, undefined, true]);
    expect(found[0]?.cells).toMatchObject({ family: "F1", coName: "Haus Beispiel" });
  });

  test("as JSON with the names of built-in things as keys, which are columns like any other or nothing", () => {
    const [found] = rowsOf(JSON.stringify([onePerson(1)]).replace("{", '{"__proto__":"sex",'));
    expect(found?.cells["sex"]).toBe("w");
    expect(Object.getPrototypeOf(found?.cells)).toBe(Object.prototype);
    const problem = { code: "headerUnknown", columns: ["constructor"] };
    expect(read(JSON.stringify([{ ...onePerson(1), constructor: "x" }]))).toEqual({ ok: false, problem });
  });

  test("with the questions of the authority", () => {
    expect(rowsOf(`${head};wasHere\r\n${rows[0]};ja`)[0]?.cells["wasHere"]).toBe("ja");
  });
});

test("of an endless row of marks on one letter only some are read", () => {
  const rowOfMarks = rows[0]?.replace("Haus", `H${"\u0300\u0323".repeat(100_000)}aus`) ?? "";
  expect(rowsOf(`${head}\r\n${rowOfMarks}`)[0]?.cells["coName"]).toMatch(/^Ḥ\p{M}{20,40}aus Beispiel$/u);
});

/** The last cell but some of the first row has an opening mark, the first one of the second row a closing one. */
const joinedRows = [head, rows[0]?.replace("Haus", '"Haus'), rows[1]?.replace("F2;", 'F2";')].join("\r\n");

const cut = (column: string) => {
  const names = head.split(";");
  return names.filter((name) => name !== column).join(";");
};

const manyKeys = (many: number) => Object.fromEntries(Array.from({ length: many }, (_, index) => [`k${index}`, "x"]));

describe("a file is refused", () => {
  test.each<[string, Uint8Array | string, object]>([
    ["that is empty", "", { code: "empty" }],
    ["of blanks", "\ufeff \r\n", { code: "empty" }],
    ["with headings alone", `${head}\r\n`, { code: "onlyHeader" }],
    ["with emptied rows alone", `${head}\r\n${";".repeat(30)}\r\n`, { code: "onlyHeader" }],
    ["with commas", text.replaceAll(";", ","), { code: "separator" }],
    ["with tabs", text.replaceAll(";", "\t"), { code: "separator" }],
    ["in Windows-1252", Buffer.from(text.replace("Haus", "Häuser"), "latin1"), { code: "encoding" }],
    ["in UTF-16", Buffer.from(`\ufeff${text}`, "utf16le"), { code: "encoding" }],
    ["of a spreadsheet program", Buffer.from("504b0304140006000800", "hex"), { code: "spreadsheet" }],
    ["without a column", text.replace(head, cut("sex")), { code: "headerMissing", columns: ["sex"] }],
    ["with an unknown column", text.replace("coName", "shoeSize"), { code: "headerUnknown", columns: ["shoeSize"] }],
    ["with a column twice", text.replace("coName", "street"), { code: "headerTwice", columns: ["street"] }],
    ["with a quotation mark without end", text.replaceAll("Haus Beispiel", '"Haus'), { code: "quotes", line: 2 }],
    ["with one further down", `${text}\r\n${text.slice(head.length)};"x\r\n1;2\r\n`, { code: "quotes", line: 8 }],
    ["with a quotation mark that ends rows later", joinedRows, { code: "quotes", line: 2 }],
    ["of broken JSON", "[{", { code: "json" }],
    ["of JSON that is no list", "{}", { code: "jsonList" }],
    ["of JSON with things in things", '[{"family":"1"},{"family":{"a":1}}]', { code: "jsonList", line: 2 }],
    ["of a deep JSON", `${"[".repeat(2_000)}${"]".repeat(2_000)}`, { code: "jsonList", line: 1 }],
    ["with a heading that is empty", text.replace("coName", ""), { code: "headerUnknown", columns: ["„“"] }],
    ["of JSON with ten thousand keys", JSON.stringify([manyKeys(10_000)]), { code: "jsonList", line: 1 }],
    [
      "of JSON with many unknown keys, of which some are named",
      JSON.stringify([manyKeys(400)]),
      { code: "headerUnknown", columns: [...Object.keys(manyKeys(20)), "…"] },
    ],
    ["in Windows-1251", Buffer.from([...Buffer.from(text), 0xce, 0xeb, 0xe5, 0xed, 0xe0]), { code: "encoding" }],
    ["of an empty JSON list", "[]", { code: "empty" }],
    ["with 6,000 rows", `${head}\r\n${`${rows[0]}\r\n`.repeat(6_000)}`, { code: "tooManyRows" }],
    ["with 6,000 entries", JSON.stringify(Array.from({ length: 6_000 }, () => ({}))), { code: "tooManyRows" }],
    ["of more than 5 MB", Buffer.alloc(MOST_BYTES + 1, "a"), { code: "tooLarge" }],
    ["with one endless row", `${head}\r\n${"a".repeat(100_000)}`, { code: "quotes" }],
  ])("%s", (_, content, problem) => {
    expect(read(content)).toEqual({ ok: false, problem: expect.objectContaining(problem) as unknown });
  });
});
