import { randomUUID } from "node:crypto";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { courierOf } from "#app/courier.server.ts";
import type { OutboundMessage, Transport } from "#app/connector/transport.ts";
import type { Message } from "#app/outbox/queue.server.ts";
import { createRoom } from "#app/outbox/room.server.ts";
import { readXml } from "#app/xml/parse.server.ts";
import { all, elementsOf, textOf, type Elements } from "#flows/delivery/xoev/content.ts";
import { xauslaender2611 } from "#flows/delivery/xauslaender2611/standard.ts";
import { openApp } from "#tests/support/app.ts";
import { appWith, fileWith } from "#tests/support/xmlFiling.ts";

const mother = {
  name: "Olena TESTENKO",
  originalName: "Олена ТЕСТЕНКО",
  dateOfBirth: "1991-04-11",
  reference: "AAAA-BBBB-CCCC",
  service: "Aufenthaltserlaubnis zum vorübergehenden Schutz",
  filedAt: "2026-11-21T08:00:00.000Z",
};
const links = [{ messageId: randomUUID(), reference: mother.reference, relation: "other" as const }];
const among = { links, family: [mother] };
const destinationId = "0d6f1c52-8a3e-4b17-9c64-2f5be1a7d054";
const json = { kind: "fit-connect", destinationId, format: "json" } as const;
const xml = { ...json, format: "xauslaender-26.11", authorityKey: "azr:120540" } as const;

let app: App;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ app, close } = await openApp());
});
afterAll(() => close());

/** What a transport would be handed. */
async function handedOver(taking: App, row: Message): Promise<OutboundMessage> {
  const seen: OutboundMessage[] = [];
  const watching: Transport = {
    id: "fit-connect",
    parseOptions: (options) => options,
    selfTest: async () => ({ ok: true, findings: [] }),
    deliver: async (message) => {
      seen.push(message);
      return { stage: "sent" };
    },
    poll: async () => [],
  };
  const transports = new Map([["fit-connect", watching]]);
  await courierOf({ ...taking, transports }, createRoom(10_000_000)).deliver(row, async () => undefined);
  return seen[0] ?? expect.fail("nothing was handed over");
}

async function linesOf(bytes: Uint8Array): Promise<{ pages: number; text: string }> {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const { items } = await (await pdf.getPage(1)).getTextContent();
  return { pages: pdf.numPages, text: items.map((item) => ("str" in item ? item.str : "")).join(" ") };
}

test("in our format the overview lies beside the application, and is the same whenever it is sent", async () => {
  const taking = appWith(app, { potsdam: json });
  const { row, reference } = await fileWith(taking, "potsdam", {}, among);
  const [one, again] = [await handedOver(taking, row), await handedOver(taking, row)];
  const [family, repeated] = [one, again].map(({ attachments }) =>
    attachments.find(({ description }) => description === "FAMILY"),
  );
  expect(family).toMatchObject({
    purpose: "attachment",
    mimeType: "application/pdf",
    filename: `Familie-${reference}.pdf`,
  });
  expect(repeated?.id).toBe(family?.id);
  const [bytes, same] = [await family?.read(), await repeated?.read()];
  if (!bytes || !same) throw new Error("no overview");
  expect(Buffer.compare(bytes, same)).toBe(0);
  expect(family?.size).toBe(bytes.length);
  const { pages, text } = await linesOf(bytes);
  expect(pages).toBe(1);
  for (const part of ["Olena TESTENKO", "Олена ТЕСТЕНКО", "11.04.1991", mother.reference, reference, "Blaue Karte EU"])
    expect(text).toContain(part);
});

test("in XAusländer it is evidence of a valid message that names the linked application", async () => {
  const taking = appWith(app, { potsdam: xml });
  const { row } = await fileWith(taking, "potsdam", {}, among);
  const message = await handedOver(taking, row);
  const read = readXml(message.data.bytes, xauslaender2611);
  if (!read.ok) throw new Error(`${read.code} in line ${read.line}`);
  const { content } = read.message;
  expect(textOf(content, "verbundenerAntrag")).toBe(mother.reference);
  const evidence = all(content, "nachweis").filter((part): part is Elements => typeof part === "object");
  expect(evidence.map((part) => textOf(part, "dateiname"))).toEqual([expect.stringMatching(/^Familie-/)]);
  const [overview] = evidence;
  const bytes = textOf((overview && elementsOf(overview, "dokumentOderReferenz")) ?? {}, "dokument") ?? "";
  expect(Buffer.from(bytes, "base64").subarray(0, 5).toString()).toBe("%PDF-");
});

test("the first of a family, and whoever is alone, has none", async () => {
  const taking = appWith(app, { potsdam: json });
  const { row } = await fileWith(taking, "potsdam", {});
  const { attachments } = await handedOver(taking, row);
  expect(attachments.map(({ purpose }) => purpose)).toEqual(["form"]);
});
