import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { applicantOf } from "#app/cli/persona/sample.ts";
import { xauslaender2611 } from "#flows/delivery/xauslaender2611/standard.ts";
import { applicationMessage } from "#tests/support/applicationMessage.ts";
import { sampleFiling } from "#tests/support/sampleFiling.ts";
import { treeOf, withXml } from "./xmlDocument.ts";
import { readXmlMessage, type XmlContent } from "./xmlPayload.ts";
import { xmlSchemasIn } from "./xmlSchemas.ts";

const find = xmlSchemasIn("public/schemas");
const service = { id: "urn:de:fim:leika:leistung:99010028000000", title: "Aufenthaltserlaubnis" };

/** What the published schema says of a message. */
async function violations(xml: string): Promise<string[] | undefined> {
  const schema = await find(xauslaender2611.schemaUri);
  if (!schema) throw new Error("no schema is published");
  return withXml(Buffer.from(xml), schema.violations);
}

function read(xml: string): XmlContent {
  const root = withXml(Buffer.from(xml), (document) => treeOf(document.root));
  if (!root) throw new Error("no XML");
  return readXmlMessage(root, service);
}

test("the schema is found by its namespace and names line and element of a fault, never what stands there", async () => {
  expect(await find("http://www.osci.de/xauslaender1171")).toBeUndefined();
  expect(await violations(applicationMessage)).toEqual([]);
  const lines = applicationMessage.split("\n");
  const at = lines.findIndex((line) => line.includes("<xauslaender:antragsdatum>"));
  const wrong = applicationMessage.replace("2026-11-21</xauslaender:antragsdatum>", "Anika</xauslaender:antragsdatum>");
  const said = await violations(wrong);
  expect(said).toEqual([`Zeile ${at + 1}: antragsdatum`]);
});

test.each([
  ["no XML", "{}"],
  ["a document type", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ["another encoding", Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a/>', "utf16le")],
])("%s is not opened", (_name, data) => {
  expect(withXml(Buffer.from(data as Buffer), () => "opened")).toBeUndefined();
});

test("an application is read as the inbox shows it: person, reference, answers by the way to them, documents", () => {
  const { payload, documents } = read(applicationMessage);
  expect(payload).toMatchObject({
    messageId: "0b7d5e4a-3a55-4c0f-9f0e-6f8c1d2e3a4b",
    kind: "application",
    reference: "AAAA-BBBB-CCCC",
    subjects: [{ givenNames: "Anika Štěpánka" }],
    service,
  });
  const data = payload.data as Record<string, Record<string, unknown>>;
  expect(data["Angaben Zur Person"]).toMatchObject({
    "Vorname › Name": "Anika Štěpánka",
    "Familienname › Nicht Vorhanden": true,
    "Staatsangehoerigkeit 2 › Staatsangehoerigkeit": "436",
  });
  expect(data["Absender"]).toEqual({ Name: "Aufenthalt Online", Kennung: "alp:portal" });
  expect(payload.evidence.map(({ code, title }) => [code, title])).toContainEqual(["nachweis", "Vertrag"]);
  expect(documents.map(({ bytes }) => bytes.toString())).toEqual(["%PDF-1.4\n", "%PDF-1.4\n"]);
  expect(JSON.stringify(data)).not.toContain("JVBERi0");
});

const applicants = readdirSync("tests/personas")
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => applicantOf(`tests/personas/${file}`) ?? []);

test("every persona's message is taken and can be read, whatever kind of message it is", async () => {
  const kinds = new Set<string>();
  for (const applicant of applicants) {
    const { type, xml } = xauslaender2611.application(sampleFiling(xauslaender2611, applicant, { isInline: false }));
    kinds.add(type);
    expect(await violations(xml), applicant.id).toEqual([]);
    const { payload } = read(xml);
    expect(JSON.stringify(payload.subjects), applicant.id).toMatch(/"familyName":"[^"]|"givenNames":"[^"]/);
    expect(payload.evidence.length).toBeGreaterThan(0);
  }
  expect([...kinds].toSorted()).toEqual(["130101", "130201", "130301", "130401"]);
});
