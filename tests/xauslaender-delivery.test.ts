import { randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { fitConnectEnvironment, zustelldienstEnvironment } from "#app/cli/demo.mjs";
import type { OutboundMessage, Receipt } from "#app/connector/transport.ts";
import { createApp } from "#app/createApp.server.ts";
import { startFachverfahren, type Fachverfahren } from "#app/demo/fachverfahren/server.ts";
import { startZustelldienst } from "#app/demo/zustelldienst/server.ts";
import { parseEnv } from "#app/env.server.ts";
import { checkReceivers } from "#app/outbox/check.server.ts";
import { startWorker, type Worker } from "#app/worker.server.ts";
import type { Standard } from "#flows/delivery/standard.ts";
import { sampleStandard } from "#flows/delivery/sampleStandard.fixture.ts";
import { xauslaender2611 } from "#flows/delivery/xauslaender2611/standard.ts";
import { xsdFiles } from "#flows/delivery/xoev/schema.ts";
import { blueCard } from "#flows/services/work/W-18g.ts";
import { alerts, outbox } from "#drizzle/schema.ts";
import { appWith, fileWith, type Given } from "./support/xmlFiling.ts";
import { until } from "./support/until.ts";

const MB = 1_000_000;
const dataDir = mkdtempSync(join(tmpdir(), "xml-"));
/** Two authorities, each with its version of the standard. */
const takers = [
  {
    id: "potsdam",
    destinationId: "0d6f1c52-8a3e-4b17-9c64-2f5be1a7d054",
    region: "DE12054",
    standard: xauslaender2611,
  },
  { id: "barnim", destinationId: "5b8e27a4-6c19-4d3f-a7b2-91c0de4f6060", region: "DE12060", standard: sampleStandard },
] as const;

let app: App;
let worker: Worker;
let zustelldienst: Awaited<ReturnType<typeof startZustelldienst>>;
let fachverfahren: Fachverfahren;

function publish(folder: string, { id, model }: Standard): void {
  mkdirSync(join(folder, id), { recursive: true });
  for (const [name, text] of Object.entries(xsdFiles(model, "of a test"))) writeFileSync(join(folder, id, name), text);
}

beforeAll(async () => {
  const schemaDir = join(dataDir, "schemas");
  for (const { standard } of takers) publish(schemaDir, standard);
  const clients = JSON.parse(zustelldienstEnvironment({ dataDir, port: 0 }).CLIENTS) as Parameters<
    typeof startZustelldienst
  >[0]["clients"];
  zustelldienst = await startZustelldienst({ port: 0, dataDir: join(dataDir, "zustelldienst"), clients });
  const subscriber = clients.find(({ role }) => role === "subscriber");
  fachverfahren = await startFachverfahren({
    port: 0,
    dataDir: join(dataDir, "fachverfahren"),
    zustelldienstUrl: zustelldienst.url,
    clientId: subscriber?.id ?? "",
    clientSecret: subscriber?.secret ?? "",
    destinations: takers.map(({ id, destinationId, region, standard }) => ({
      id: destinationId,
      name: id,
      publicServices: [
        {
          identifier: `urn:de:fim:leika:leistung:${blueCard.leika}`,
          name: "Blaue Karte EU",
          regions: [region],
          submissionSchemas: [{ schemaUri: standard.schemaUri, mimeType: "application/xml" as const }],
        },
      ],
    })),
    schemaDir,
    decision: "accept",
    pollMs: 50,
  });
  const env = parseEnv({
    MODE: "demo",
    CLOCK: "2026-11-21",
    LOG_LEVEL: "silent",
    DATA_DIR: dataDir,
    ...fitConnectEnvironment({ dataDir, zustelldienst: zustelldienst.url }),
  });
  const transports = Object.fromEntries(
    takers.map(({ id, destinationId, standard }) => {
      const key = { format: standard.id, authorityKey: `azr:muster-${id}` };
      return [id, { kind: "fit-connect" as const, destinationId, ...key }];
    }),
  );
  app = appWith(await createApp(env, process.cwd()), transports, [sampleStandard]);
  await until(
    async () => (await (await fetch(`${fachverfahren.url}/health`)).json()) as { destinations: string[] },
    ({ destinations }) => destinations.length === takers.length,
    60_000,
  );
  worker = await startWorker(app);
}, 180_000);
afterAll(async () => {
  await worker?.stop(10_000);
  await fachverfahren?.close();
  await zustelldienst?.close();
  await app?.images.close();
  await app?.database.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

const pdf = (size: number): Given => ({
  mimeType: "application/pdf",
  bytes: Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(size - 9)]),
});

async function png(): Promise<Given> {
  const create = { width: 300, height: 200, channels: 4 as const, background: "#1f4e5f80" };
  return { mimeType: "image/png", bytes: await sharp({ create }).png().toBuffer() };
}

async function accepted(id: string): Promise<void> {
  const stateOf = async () => (await app.database.db.select().from(outbox).where(eq(outbox.id, id)))[0];
  await until(stateOf, (row) => row?.state === "accepted", 60_000);
}

const page = async (messageId: string) => (await fetch(`${fachverfahren.url}/applications/${messageId}`)).text();
const xmlOf = async (messageId: string) => {
  const answer = await fetch(`${fachverfahren.url}/api/applications/${messageId}`);
  return { type: answer.headers.get("content-type"), xml: await answer.text() };
};

const duplicates = async () =>
  ((await (await fetch(`${fachverfahren.url}/statistics`)).json()) as { duplicates: number }).duplicates;

/** Everything that the clerk can download, by its name. */
async function downloads(messageId: string): Promise<Map<string, Buffer>> {
  const links = [...(await page(messageId)).matchAll(/href="([^"]+\/attachments\/[^"]+)"[^>]*><bdi>([^<]*)</g)];
  const found = new Map<string, Buffer>();
  for (const [, href = "", name = ""] of links) {
    found.set(name, Buffer.from(await (await fetch(`${fachverfahren.url}${href}`)).arrayBuffer()));
  }
  return found;
}

test("P1's application reaches the authority as XML with a picture as PDF, and is accepted", async () => {
  const given = { CONTR: [await png()], KV: [pdf(30_000)] };
  const { row, reference } = await fileWith(app, "potsdam", given);
  await accepted(row.id);
  const { type, xml } = await xmlOf(row.id);
  expect(type).toBe("application/xml");
  expect(xml).toContain(`<xauslaender:antragsidentifikation>${reference}</xauslaender:antragsidentifikation>`);
  const shown = await page(row.id);
  for (const text of [reference, "Musterbetrieb Aufenthalt Online", "Blaue Karte EU", "MUSTERKAR, Anika"]) {
    expect(shown).toContain(text);
  }
  const files = await downloads(row.id);
  expect([...files.keys()].toSorted()).toEqual([`Antrag-${reference}.pdf`, "CONTR-1.pdf", "KV-1.pdf"]);
  expect(files.get("KV-1.pdf")?.equals(given.KV[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
  for (const bytes of files.values()) expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
});

/** Sends XML past the outbox, as another sender would, and says what the authority answered. */
async function sendAlone(id: string, xml: string): Promise<readonly Receipt[]> {
  const transport = app.transports.get("fit-connect");
  if (!transport) throw new Error("no FIT-Connect");
  const options = app.config.byId.get("potsdam")?.transport;
  const message: OutboundMessage = {
    id,
    reference: "AAAA-BBBB-CCCC",
    filedOn: "2026-11-21",
    service: { leika: blueCard.leika, name: "Blaue Karte EU" },
    ars: "120540000000",
    data: { bytes: Buffer.from(xml), schemaUri: xauslaender2611.schemaUri, mimeType: "application/xml" },
    attachments: [],
  };
  const progress = await transport.deliver(message, options, {}, async () => undefined);
  return until(
    () => transport.poll(id, options, progress),
    (receipts) => receipts.some(({ kind }) => kind !== "pickedUp"),
  );
}

test("the same message again is told from a new one by its UUID; one that breaks the schema is refused", async () => {
  const { row } = await fileWith(app, "potsdam", { KV: [pdf(1_000)] });
  await accepted(row.id);
  const before = await duplicates();
  const { xml } = await xmlOf(row.id);
  expect((await sendAlone(row.id, xml)).map(({ kind }) => kind)).toContain("accepted");
  expect(await duplicates()).toBe(before + 1);
  const broken = xml.replace(/<xauslaender:grundDesAntrags .*\n/, "");
  const bomb = xml.replace("?>", '?><!DOCTYPE a [<!ENTITY b "b">]>');
  for (const [bad, reason] of [
    [broken, "schema-violation@data"],
    [bomb, "syntax-violation@data"],
  ] as const) {
    const answers = await sendAlone(randomUUID(), bad);
    expect(answers).toContainEqual(expect.objectContaining({ kind: "rejected", reasons: [reason] }));
  }
});

test("large files follow beside the message and are all there", async () => {
  const given = { CONTR: [pdf(3 * MB)], QUAL: [pdf(2 * MB), await png()] };
  const { row, reference } = await fileWith(app, "potsdam", given);
  await accepted(row.id);
  expect((await xmlOf(row.id)).xml).toContain("dokumentuuid");
  const files = await downloads(row.id);
  const names = [`Antrag-${reference}.pdf`, "CONTR-1.pdf", "QUAL-1.pdf", "QUAL-2.pdf"];
  expect([...files.keys()].toSorted()).toEqual(names.toSorted());
  expect(files.get("CONTR-1.pdf")?.equals(given.CONTR[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
  expect(await page(row.id)).not.toContain("liegt nicht bei");
});

test("two authorities get the same application, each in its own version", async () => {
  const [one, other] = [await fileWith(app, "potsdam", {}), await fileWith(app, "barnim", {})];
  await Promise.all([accepted(one.row.id), accepted(other.row.id)]);
  const [first, second] = [(await xmlOf(one.row.id)).xml, (await xmlOf(other.row.id)).xml];
  expect(first).toContain('version="26.11"');
  expect(first).toContain("<xauslaender:antragsdatum>");
  expect(second).toContain('version="99.1"');
  expect(second).toContain("<xauslaender:eingangstag>");
  expect(second).not.toContain(xauslaender2611.schemaUri);
});

test("the self-test asks for the schema of the authority's format", async () => {
  const words = async () => {
    await checkReceivers(app);
    const found = await app.database.db.select().from(alerts).where(eq(alerts.authority, "potsdam"));
    return found.flatMap(({ kind, clearedAt }) => (clearedAt === null ? [kind] : []));
  };
  // The one service on offer there is complained of by nobody; the others are not offered at all.
  expect(await words()).not.toContain("schemaNotOffered");
  const json = appWith(app, {
    potsdam: { kind: "fit-connect", destinationId: takers[0].destinationId, format: "json" },
  });
  await checkReceivers(json);
  expect(await app.database.db.select().from(alerts).where(eq(alerts.kind, "schemaNotOffered"))).not.toEqual([]);
});
