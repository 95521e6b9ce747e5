import { describe, expect, test } from "vitest";
import { renderAnswers } from "./answers.ts";
import { downloadHeaders, safeFilename } from "./download.ts";
import { daysUntil, formatCents, formatDeadline, formatSize, formatTime, renderValue } from "./values.ts";
import { daysLeft, urgency } from "./words.ts";

const text = async (value: unknown) =>
  String(await renderValue(value))
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .trim();

describe("answers for clerks", () => {
  test("dates, partial dates, times, booleans, numbers and codes read as in German offices", async () => {
    expect(await text("2027-01-15")).toBe("15.01.2027");
    expect(await text("1990-05")).toBe("05.1990");
    expect(await text("1990")).toBe("1990");
    expect(await text("2026-11-21T23:40:00Z")).toBe("22.11.2026, 00:40 Uhr");
    expect(await text(true)).toBe("Ja");
    expect(await text(false)).toBe("Nein");
    expect(await text(58_000.5)).toBe("58000,5");
    expect(await text({ code: "IND", text: "Indien", list: "urn:x" })).toBe("Indien IND");
    expect(await text([{ code: "1", text: "eins" }, "zwei"])).toBe("eins 1zwei");
    expect(await text(null)).toBe("keine Angabe");
    expect(await text([])).toBe("keine Angabe");
  });

  test("a value of unknown shape appears as JSON text", async () => {
    for (const value of [{ a: { b: [1] } }, [[1, [2]]], [{ a: 1 }], {}]) {
      expect((await text(value)).replaceAll("&quot;", '"')).toBe(JSON.stringify(value));
    }
  });

  test("a value nested ten thousand times does not break the page", async () => {
    const deep: unknown = JSON.parse(`${"[".repeat(10_000)}${"]".repeat(10_000)}`);
    expect(await text(deep)).not.toBe("");
    expect(String(await renderAnswers({ a: { b: deep } }, undefined, {}))).toContain("<h2>a</h2>");
  });

  test("sections follow the order of the schema, then the rest; ids stand in for missing titles", async () => {
    const schema = {
      properties: {
        data: { allOf: [{ $ref: "#/$defs/all" }] },
      },
      $defs: {
        all: { properties: { second: { title: "Zweitens" }, first: { title: "Erstens" } } },
      },
    };
    const page = String(await renderAnswers({ rest: { x: 1 }, first: { y: "a" }, second: {} }, schema, {}));
    expect([...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title)).toEqual(["Zweitens", "Erstens", "rest"]);
  });

  test("a schema that refers to itself and data of any shape do not break the page", async () => {
    const schema = { properties: { data: { $ref: "#/properties/data" } } };
    for (const data of [
      { a: 1 },
      { a: null },
      { a: [null] },
      { a: [{ b: [{ c: [{ d: [{ e: [{ f: [{ g: 1 }] }] }] }] }] }] },
    ]) {
      expect(String(await renderAnswers(data, schema, {}))).toContain("<h2>a</h2>");
    }
  });

  test("deadlines count calendar days in Berlin", () => {
    expect(daysUntil("2027-01-15", new Date("2026-11-21T09:00:00+01:00"))).toBe(55);
    expect(daysUntil("2026-11-22", new Date("2026-11-21T23:30:00Z"))).toBe(0);
    expect(formatDeadline("2027-01-15")).toBe("Freitag, 15.01.2027");
    expect([56, 57, 14, -1].map(urgency)).toEqual(["soon", "calm", "urgent", "expired"]);
    expect([-2, -1, 0, 1, 2].map(daysLeft)).toEqual([
      "seit 2 Tagen abgelaufen",
      "seit gestern abgelaufen",
      "endet heute",
      "noch 1 Tag",
      "noch 2 Tage",
    ]);
  });

  test("money, sizes and broken times stay readable", () => {
    expect(formatCents(10_000)).toBe("100\u00a0€");
    expect(formatCents(4_650)).toBe("46,50\u00a0€");
    expect(formatSize(1_250_000)).toBe("1,3\u00a0MB");
    expect(formatSize(16)).toBe("16\u00a0Byte");
    expect(formatTime("gestern")).toBe("gestern");
  });
});

describe("downloads", () => {
  test("names from outside lose paths, control and direction characters", () => {
    expect(safeFilename("../../etc/pass\r\nwd\u202Efdp.exe")).toBe("_.._etc_pass__wd_fdp.exe");
    expect(safeFilename(undefined)).toBe("anlage");
  });

  test("active types leave as plain bytes", () => {
    const base = { attachmentId: "x", purpose: "attachment", size: 1 };
    const headers = downloadHeaders({ ...base, filename: 'a"b.html', mimeType: "text/html" });
    expect(headers["content-type"]).toBe("application/octet-stream");
    expect(headers["content-disposition"]).toBe(`attachment; filename="a_b.html"; filename*=UTF-8''a_b.html`);
  });
});
