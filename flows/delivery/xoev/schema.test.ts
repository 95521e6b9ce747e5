import { expect, test } from "vitest";
import { readModel } from "./model.ts";
import { xsdFiles } from "./schema.ts";

const model = readModel(
  {
    standard: "Prüf & Muster",
    version: "1.0",
    namespaces: { own: { uri: "urn:own", qualified: true }, date: { uri: "urn:date", qualified: false } },
    simple: {
      C: { base: "C" },
      day: { base: "date", pattern: "[0-9-]{10}" },
      short: { base: "C", maxLength: 4 },
      true: { base: "boolean", fixed: "true" },
    },
    types: {
      Base: { sequence: ["~head C", "kind Code.Kind"] },
      Person: { extends: "Base", sequence: ["name{1,4} short", "born? date:Partial", "more* C"] },
      "date:Partial": { choice: ["day day", "unknown true"] },
    },
    messages: { "1": { element: "Message.1", direction: "out", extends: "Base", sequence: ["person Person"] } },
  },
  {
    "Code.Kind": { list: "urn:kind", version: "2", values: { a: "A & B" } },
    "Code.State": { list: "urn:state", version: "2024", open: true },
  },
);
const files = xsdFiles(model, "A <notice>");

test("a schema has a file for each namespace and one for values, each with the notice", () => {
  expect(Object.keys(files)).toEqual(["own.xsd", "date.xsd", "values.xsd"]);
  for (const text of Object.values(files))
    expect(text).toContain("<xs:documentation>A &lt;notice&gt;</xs:documentation>");
});

test("files import only what they name, by relative names", () => {
  expect(files["own.xsd"]).toContain('<xs:import namespace="urn:date" schemaLocation="date.xsd"/>');
  expect(files["own.xsd"]).toContain('<xs:import schemaLocation="values.xsd"/>');
  expect(files["date.xsd"]).not.toContain("own.xsd");
});

test("elements keep order, number, namespace and type, those of an extended type first", () => {
  const person = /<xs:complexType name="Person">([^]*?)<\/xs:complexType>/.exec(files["own.xsd"] ?? "")?.[1] ?? "";
  expect(person.match(/<xs:element.*/g)).toEqual([
    '<xs:element name="head" type="C" form="unqualified"/>',
    '<xs:element name="kind" type="Code.Kind"/>',
    '<xs:element name="name" type="short" maxOccurs="4"/>',
    '<xs:element name="born" type="date:Partial" minOccurs="0"/>',
    '<xs:element name="more" type="C" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>',
  ]);
  expect(files["date.xsd"]).toContain('<xs:element name="unknown" type="xs:boolean" fixed="true"/>');
});

test("a message names its standard and version in its root", () => {
  expect(files["own.xsd"]).toContain(
    '<xs:attribute name="standard" type="C" use="required" fixed="Pr&#xfc;f &amp; Muster"/>',
  );
  expect(files["own.xsd"]).toContain('<xs:attribute name="version" type="C" use="required" fixed="1.0"/>');
  expect(files["own.xsd"]).toContain('<xs:attribute name="produktversion" type="C" use="optional"/>');
});

test("a closed list has its codes and its version, an open one asks for the version", () => {
  expect(files["values.xsd"]).toContain('<xs:enumeration value="a">');
  expect(files["values.xsd"]).toContain('<xs:attribute name="listVersionID" type="xs:normalizedString" fixed="2"/>');
  expect(files["values.xsd"]).toContain(
    '<xs:attribute name="listVersionID" type="xs:normalizedString" use="required"/>',
  );
  expect(files["values.xsd"]).toContain('<xs:attribute name="listURI" type="xs:anyURI" fixed="urn:state"/>');
});
