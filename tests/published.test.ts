import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { XmlDocument } from "libxml2-wasm";
import { expect, test } from "vitest";
import { publishedFiles } from "#app/cli/vendor/published.ts";
import { compileSchema } from "#app/xml/schema.server.ts";
import { standards } from "#flows/delivery/standards.ts";
import { envelope } from "#flows/delivery/xauslaender2611/envelope.fixture.ts";
import { services } from "#flows/services/registry.ts";

const FOLDER = "public/schemas";
const files = publishedFiles();

/** A table of 26.11 as rows by its header. */
function rowsOf(name: string): Record<string, string>[] {
  const [head = "", ...lines] = (files[`xauslaender-26.11/${name}`] ?? "").trimEnd().split("\n");
  const names = head.split(";");
  return lines.map((line) => Object.fromEntries(line.split(";").map((cell, index) => [names[index] ?? "", cell])));
}

const elements = rowsOf("elements.csv");
/** What stands where a German word is missing: nothing, or the path of its key. */
const keyPath = /^$|\.(label|group)$|^sections\./;

test("what is published of the standards is what is in force (npm run schemas)", () => {
  const there = standards.flatMap(({ id }) =>
    readdirSync(join(FOLDER, id), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const named = Object.keys(files).map((name) => join(FOLDER, name));
  expect(there.toSorted()).toEqual(named.toSorted());
  const old = Object.entries(files).filter(([name, text]) => readFileSync(join(FOLDER, name), "utf8") !== text);
  expect(old.map(([name]) => name)).toEqual([]);
});

test.each(standards)(
  "the published schema of $id takes a message of ours, and none that lacks its head",
  (standard) => {
    const own = Object.entries(files).filter(([name]) => name.startsWith(`${standard.id}/`) && name.endsWith(".xsd"));
    for (const [name, text] of own)
      expect(text, name).toContain(`After XAusländer ${standard.model.version}, not certified`);
    const byName = Object.fromEntries(own.map(([name, text]) => [basename(name), text]));
    const schema = compileSchema(byName, `${standard.model.prefix}.xsd`);
    const { xml } = standard.withdrawal({ ...envelope, reference: "AAAA-BBBB-CCCC" });
    const isValid = (text: string) => {
      using document = XmlDocument.fromString(text);
      schema.validate(document);
      return true;
    };
    expect(isValid(xml)).toBe(true);
    const headless = xml.replace(/<nachrichtenkopf[^]*<\/nachrichtenkopf.g2g>/, "");
    expect(headless).not.toBe(xml);
    expect(() => isValid(headless)).toThrow(/nachrichtenkopf/);
  },
);

test.each(Object.values(services))(
  "the table of $id names its fields in German, with elements of its message",
  ({ id }) => {
    const rows = rowsOf(`fields/${id}.csv`);
    expect(rows.length).toBeGreaterThan(10);
    const type = rows[0]?.["message"];
    const known = elements.flatMap(({ message, element = "" }) => (message === type ? [element] : []));
    expect(known.length).toBeGreaterThan(50);
    const isKnown = (path: string) => known.some((element) => `${element}/`.startsWith(`${path}/`));
    const strange = rows.filter(({ label = "", section = "", target = "", message }) => {
      const hasTarget = ["PDF", "not sent"].includes(target) || target.split(", ").every(isKnown);
      return !hasTarget || message !== type || keyPath.test(label) || keyPath.test(section);
    });
    expect(strange).toEqual([]);
  },
);
