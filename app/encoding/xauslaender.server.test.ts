import { randomBytes } from "node:crypto";
import { unzipSync } from "fflate";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { courierOf } from "#app/courier.server.ts";
import { DeliveryError } from "#app/connector/errors.ts";
import type { OutboundMessage, Transport } from "#app/connector/transport.ts";
import { encodeXml } from "#app/encoding/xauslaender.server.ts";
import { createRoom } from "#app/outbox/room.server.ts";
import type { Message } from "#app/outbox/queue.server.ts";
import { validatorFor } from "#app/xml/validate.server.ts";
import { readXml } from "#app/xml/parse.server.ts";
import { all, elementsOf, textOf, type Elements } from "#flows/delivery/xoev/content.ts";
import { xauslaender2611 } from "#flows/delivery/xauslaender2611/standard.ts";
import { appWith, fileWith, type Given } from "#tests/support/xmlFiling.ts";
import { openApp } from "#tests/support/app.ts";

const MB = 1_000_000;
const format = "xauslaender-26.11";
const common = { format, authorityKey: "azr:120540" } as const;
const beside = { kind: "fit-connect", destinationId: "0d6f1c52-8a3e-4b17-9c64-2f5be1a7d054", ...common } as const;
const folders = { kind: "drop", gateway: "data-centre", mailbox: "potsdam", ...common } as const;

/** A version in which all documents stand in the message. */
const strict = {
  ...xauslaender2611,
  id: "xauslaender-99.1",
  placing: () => ({ allInline: true, inlineCodes: new Set<string>() }),
};

let app: App;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ app, close } = await openApp());
});
afterAll(() => close());

const pdf = (size: number): Given => ({
  mimeType: "application/pdf",
  bytes: Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(size - 9)]),
});

async function picture(mimeType: "image/png" | "image/jpeg"): Promise<Given> {
  const create = { width: 300, height: 200, channels: 3 as const, background: "#1f4e5f" };
  const drawn = sharp({ create });
  return { mimeType, bytes: await (mimeType === "image/png" ? drawn.png() : drawn.jpeg()).toBuffer() };
}

/** What the transport of an authority would be handed, and the app in which it happened. */
async function handedOver(taking: App, row: Message): Promise<OutboundMessage> {
  const kind = taking.config.byId.get(row.authority)?.transport.kind ?? "";
  const seen: OutboundMessage[] = [];
  const watching: Transport = {
    id: kind,
    parseOptions: (options) => options,
    selfTest: async () => ({ ok: true, findings: [] }),
    deliver: async (message) => {
      seen.push(message);
      return { stage: "sent" };
    },
    poll: async () => [],
  };
  const courier = courierOf({ ...taking, transports: new Map([[kind, watching]]) }, createRoom(10 * MB));
  await courier.deliver(row, async () => undefined);
  const [message] = seen;
  if (!message) throw new Error("nothing was handed over");
  return message;
}

function contentOf({ data }: OutboundMessage): Elements {
  const read = readXml(data.bytes, xauslaender2611);
  if (!read.ok) throw new Error(`${read.code} in line ${read.line}`);
  return read.message.content;
}

const evidenceIn = (content: Elements) =>
  all(content, "nachweis").filter((part): part is Elements => typeof part === "object");
const holderOf = (part: Elements) => elementsOf(part, "dokumentOderReferenz");

test("an application goes out as one valid message that holds its small documents, the picture as PDF", async () => {
  const taking = appWith(app, { potsdam: beside });
  const given = { CONTR: [await picture("image/png")], KV: [pdf(20_000)], QUAL: [await picture("image/jpeg")] };
  const { row, reference, files } = await fileWith(taking, "potsdam", given);
  const message = await handedOver(taking, row);
  expect(message.attachments).toEqual([]);
  expect(message.data).toMatchObject({ mimeType: "application/xml", schemaUri: xauslaender2611.schemaUri });
  const content = contentOf(message);
  expect(textOf(content, "antragsidentifikation")).toBe(reference);
  expect(textOf(content, "rueckkanalVorhanden")).toBe("false");
  const head = elementsOf(elementsOf(content, "nachrichtenkopf.g2g"), "identifikation.nachricht");
  expect(textOf(head, "nachrichtenUUID")).toBe(row.id);
  expect(textOf(head, "erstellungszeitpunkt")).toBe(row.createdAt.toISOString().replace("Z", "+00:00"));
  const parts = elementsOf(content, "nachrichtenkopf.g2g");
  expect(textOf(elementsOf(parts, "leser"), "kennung")).toBe("azr:120540");
  expect(textOf(elementsOf(parts, "autor"), "kennung")).toBe(app.config.operator.directory?.identifier);
  const form = Buffer.from(
    textOf(holderOf(elementsOf(content, "antragszusammenfassung") ?? {}), "dokument") ?? "",
    "base64",
  );
  expect(form.subarray(0, 5).toString()).toBe("%PDF-");
  const documents = evidenceIn(content).map((part) => ({
    name: textOf(part, "dateiname"),
    type: textOf(part, "dokumententyp"),
    bytes: Buffer.from(textOf(holderOf(part), "dokument") ?? "", "base64"),
  }));
  expect(documents.map(({ name, type }) => [name, type]).toSorted()).toEqual([
    ["CONTR-1.pdf", "1"],
    ["KV-1.pdf", "1"],
    ["QUAL-1.jpg", "2"],
  ]);
  const held = (name: string) => documents.find((document) => document.name === name)?.bytes;
  expect(held("CONTR-1.pdf")?.subarray(0, 5).toString()).toBe("%PDF-");
  expect(held("KV-1.pdf")?.equals(given.KV[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
  expect(held("QUAL-1.jpg")?.equals(given.QUAL[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
  expect(files.length).toBe(3);
});

test("made again, a message has the same bytes, and so have its packages", async () => {
  const taking = appWith(app, { potsdam: folders });
  const given = { CONTR: [pdf(3 * MB)], QUAL: [await picture("image/png"), pdf(6 * MB)] };
  const { row } = await fileWith(taking, "potsdam", given);
  const [one, other] = [await handedOver(taking, row), await handedOver(taking, row)];
  expect(Buffer.compare(one.data.bytes, other.data.bytes)).toBe(0);
  expect(one.attachments.map(({ id }) => id)).toEqual(other.attachments.map(({ id }) => id));
  const [first, again] = [await one.attachments[0]?.read(), await other.attachments[0]?.read()];
  expect(Buffer.compare(first ?? Buffer.alloc(1), again ?? Buffer.alloc(2))).toBe(0);
});

test("over FIT-Connect what is too much follows beside the message, under the id that stands there", async () => {
  const taking = appWith(app, { potsdam: beside });
  const given = { PASS: [pdf(MB)], CONTR: [pdf(3 * MB)], QUAL: [await picture("image/png")] };
  const { row } = await fileWith(taking, "potsdam", given);
  const message = await handedOver(taking, row);
  const content = contentOf(message);
  expect(all(content, "angabenDokumentenlieferung")).toEqual([]);
  const references = evidenceIn(content).flatMap((part) => textOf(holderOf(part), "dokumentuuid") ?? []);
  const form = textOf(holderOf(elementsOf(content, "antragszusammenfassung") ?? {}), "dokumentuuid") ?? "";
  expect([form, ...references].toSorted()).toEqual(message.attachments.map(({ id }) => id).toSorted());
  expect(message.attachments.map(({ purpose, mimeType }) => [purpose, mimeType])).toEqual([
    ["form", "application/pdf"],
    ["attachment", "application/pdf"],
    ["attachment", "application/pdf"],
  ]);
  for (const attachment of message.attachments) {
    const bytes = await attachment.read();
    expect(bytes.length).toBe(attachment.size);
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe("%PDF-");
  }
  // Pages of the passport stand in the message whatever their size.
  const xml = Buffer.from(message.data.bytes).toString();
  expect(xml).toContain(Buffer.from(given.PASS[0]?.bytes ?? []).toString("base64"));
});

test("over folders it follows in packages that are valid messages of the announced size", async () => {
  const taking = appWith(app, { potsdam: folders });
  const given = { CONTR: [pdf(5 * MB)], QUAL: [await picture("image/png")], KV: [pdf(5 * MB)] };
  const { row, files } = await fileWith(taking, "potsdam", given);
  const message = await handedOver(taking, row);
  const content = contentOf(message);
  expect(textOf(content, "rueckkanalVorhanden")).toBe("true");
  const announced = elementsOf(content, "angabenDokumentenlieferung");
  expect(textOf(announced, "anzahlDerPakete")).toBe("2");
  expect(message.attachments.length).toBe(2);
  let zipped = 0;
  const names: string[] = [];
  for (const [index, attachment] of message.attachments.entries()) {
    const bytes = await attachment.read();
    expect(attachment).toMatchObject({ mimeType: "application/xml", purpose: "attachment", size: bytes.length });
    expect(validatorFor(xauslaender2611).validate(bytes)).toEqual({ ok: true });
    const xml = Buffer.from(bytes).toString();
    const one = (name: string) => new RegExp(`<[a-z]*:?${name}>([^<]*)<`).exec(xml)?.[1] ?? "";
    expect(one("nachrichtenUUID")).toBe(attachment.id);
    expect(one("ausloeserUUID")).toBe(row.id);
    expect([one("paketnummer"), one("anzahlDerPakete")]).toEqual([String(index + 1), "2"]);
    const archive = Buffer.from(one("archiv"), "base64");
    zipped += archive.length;
    names.push(...Object.keys(unzipSync(archive)));
  }
  expect(textOf(announced, "archivgroesse")).toBe(String(zipped));
  const form = textOf(holderOf(elementsOf(content, "antragszusammenfassung") ?? {}), "dokumentuuid") ?? "";
  expect(names.toSorted()).toEqual([form, ...files.map(({ id }) => id)].map((id) => `${id}.pdf`).toSorted());
});

test("an answer and a withdrawal are messages of their own, with the files of the answer", async () => {
  const taking = appWith(app, { potsdam: folders });
  const { row, reference, files } = await fileWith(taking, "potsdam", { KV: [await picture("image/png")] });
  const authority = taking.config.byId.get("potsdam");
  if (!authority) throw new Error("no authority");
  const [file] = files;
  const answersTo = "7c0d1f7e-52f8-4d6f-9a44-6f5a2f0f5a01";
  const reply = async (kind: "answer" | "withdrawal") => {
    const isAnswer = kind === "answer";
    const documents = isAnswer
      ? [{ attachmentId: file?.id, code: "KV", title: "Versicherung", filename: "KV-1.png" }]
      : [];
    const said = {
      kind,
      messageId: row.id,
      reference,
      filedAt: row.createdAt.toISOString(),
      language: "de",
      documents,
    };
    const payload = JSON.stringify({ ...said, ...(isAnswer && { answersTo, text: "Hier ist der Nachweis." }) });
    const manifest = {
      payload,
      schemaUri: "",
      service: { leika: "", name: "" },
      ars: authority.ars,
      reference,
      filedOn: "2026-11-21",
      formId: row.id,
      files: isAnswer && file ? [{ ...file, code: "KV", filename: "KV-1.png" }] : [],
    };
    const share = createRoom(10 * MB).share();
    const filed = { row: { ...row, kind }, manifest, form: undefined, share };
    const { data, attachments } = await encodeXml(taking, xauslaender2611, filed, authority, "packages");
    expect(attachments).toEqual([]);
    const read = readXml(data.bytes, xauslaender2611);
    if (!read.ok) throw new Error(read.code);
    return read.message;
  };
  const answer = await reply("answer");
  expect([answer.id, textOf(answer.content, "ausloeserUUID")]).toEqual(["130103", answersTo]);
  expect(textOf(answer.content, "antworttext")).toContain("Hier ist der Nachweis.");
  expect(textOf(elementsOf(answer.content, "unterlage"), "dateiname")).toBe("KV-1.pdf");
  const withdrawal = await reply("withdrawal");
  expect([withdrawal.id, textOf(withdrawal.content, "antragsidentifikation")]).toEqual(["130111", reference]);
});

test("a message that does not fit its schema never leaves: it is stuck at once, and the log has the line alone", async () => {
  const told: object[] = [];
  const log = Object.assign(Object.create(app.log) as typeof app.log, { error: (detail: object) => told.push(detail) });
  const standard = {
    ...xauslaender2611,
    application: (input: Parameters<typeof xauslaender2611.application>[0]) => {
      const written = xauslaender2611.application(input);
      return { ...written, xml: written.xml.replace(/<xauslaender:grundDesAntrags.*\n/, "") };
    },
  };
  const taking = { ...appWith(app, { potsdam: beside }, [standard]), log };
  const { row } = await fileWith(taking, "potsdam", { KV: [pdf(1_000)] });
  const failure = await handedOver(taking, row).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "invalidMessage", retryable: false });
  expect(failure).toBeInstanceOf(DeliveryError);
  expect(told).toEqual([{ message: row.id, line: expect.any(Number) }]);
  const broken = {
    ...standard,
    application: () => {
      throw new Error("a mistake of the mapping");
    },
  };
  const failing = appWith(app, { potsdam: beside }, [broken]);
  await expect(handedOver(failing, row)).rejects.toMatchObject({ code: "invalidMessage", retryable: false });
});

test("a passport too large for one message follows in part, and where nothing may follow is refused before it is read", async () => {
  const passport = { PASS: [pdf(10 * MB), pdf(9 * MB)] };
  const { row, files } = await fileWith(appWith(app, { potsdam: beside }), "potsdam", passport);
  const message = await handedOver(appWith(app, { potsdam: beside }), row);
  expect(message.attachments.map(({ id }) => id)).toContain(files[1]?.id);
  const person = elementsOf(contentOf(message), "angabenZurPerson");
  expect(all(elementsOf(person, "ausweisdokument"), "ausweisseite")).toHaveLength(1);
  expect(evidenceIn(contentOf(message)).map((part) => textOf(holderOf(part), "dokumentuuid"))).toContain(files[1]?.id);
  const taking = appWith(app, { potsdam: { ...beside, format: strict.id } }, [strict]);
  await expect(handedOver(taking, row)).rejects.toMatchObject({ code: "tooLarge", retryable: false });
});

test("an unknown format and a missing key are settings", async () => {
  const taking = appWith(app, { potsdam: beside });
  const small = await fileWith(taking, "potsdam", { KV: [pdf(1_000)] });
  const unknown = appWith(app, { potsdam: { ...beside, format: "xauslaender-1.0" } });
  await expect(handedOver(unknown, small.row)).rejects.toMatchObject({ code: "misconfigured" });
  const { directory: _directory, ...operator } = taking.config.operator;
  const nobody = { ...taking, config: { ...taking.config, operator } };
  await expect(handedOver(nobody, small.row)).rejects.toMatchObject({ code: "misconfigured" });
});
