import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadGateways } from "#app/config/gateways.ts";
import { transports } from "#app/connector/registry.server.ts";
import type { Found, OutboundMessage, Progress } from "#app/connector/transport.ts";
import { startGateway, type Gateway } from "#app/demo/gateway/server.ts";
import { readXml } from "#app/xml/parse.server.ts";
import type { Letter } from "#flows/delivery/standard.ts";
import { xauslaender2611 as standard } from "#flows/delivery/xauslaender2611/standard.ts";
import { sampleEnvelope } from "./support/sampleFiling.ts";

const options = {
  kind: "drop",
  gateway: "demo-gateway",
  mailbox: "stadt",
  format: standard.id,
  authorityKey: "azr:123456",
};
const folder = mkdtempSync(join(tmpdir(), "drop-gateway-"));
const place = { dataDir: join(folder, "data"), gatewaysDir: join(folder, "access"), schemaDir: "public/schemas" };
const mailboxes = [{ mailbox: "stadt", name: "Stadt (Test)" }];
const clock = { aheadMs: 0 };
let gateway: Gateway;
let transport: NonNullable<ReturnType<ReturnType<typeof transports>["get"]>>;

const start = () => startGateway({ ...place, mailboxes, port: 0, sftpPort: 0, decision: "accept", pollMs: 3_600_000 });

function connect() {
  const gateways = loadGateways(gateway.gatewaysFile);
  const found = transports({ drop: { gateways, now: () => Date.now() + clock.aheadMs } }).get("drop");
  if (!found) throw new Error("no drop");
  return found;
}

beforeAll(async () => {
  gateway = await start();
  transport = connect();
});
afterAll(async () => {
  await transport.close?.();
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

/** An answer to the authority as XML: the shortest message of the standard with words in it. */
function messageOf(id: string, xml?: string): OutboundMessage {
  const answer = { ...sampleEnvelope, messageId: id, reference: "AO-1", answersTo: randomUUID(), documents: [] };
  return {
    id,
    reference: "AO-1",
    filedOn: "2026-11-21",
    service: { leika: "99010028000000", name: "Aufenthaltserlaubnis" },
    ars: "120530000000",
    data: {
      bytes: Buffer.from(xml ?? standard.answer({ ...answer, text: "Gehaltsabrechnungen folgen" }).xml),
      schemaUri: standard.schemaUri,
      mimeType: "application/xml",
    },
    attachments: [],
  };
}

async function send(message: OutboundMessage): Promise<Progress> {
  const progress = await transport.deliver(message, options, {}, async () => undefined);
  await gateway.sweep();
  return progress;
}

/** What lies there for us, read as the service reads it; everything is taken. */
async function letters(): Promise<(Letter | string)[]> {
  clock.aheadMs = 10_000;
  const all: (Letter | string)[] = [];
  await transport.collect?.(options, async ({ read }: Found) => {
    const result = readXml(await read(), standard);
    all.push(result.ok ? (standard.read(result.message) ?? "unknown") : result.code);
    return { kind: "taken" };
  });
  return all;
}

async function write(messageId: string, kind: string, text?: string) {
  const answer = await fetch(`${gateway.url}/messages/${messageId}/answer`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ kind, text }),
  });
  expect(answer.status).toBe(303);
}

describe("the simulated gateway over SFTP", () => {
  test("takes XML over and its authority answers in XML that the service reads", async () => {
    const id = randomUUID();
    const progress = await send(messageOf(id));
    expect((await transport.poll(id, options, progress)).map(({ kind }) => kind)).toEqual(["pickedUp"]);
    const head = { answersTo: id, reference: "AO-1", from: "azr:123456", to: "alp:portal" };
    expect(await letters()).toEqual([expect.objectContaining({ ...head, kind: "accepted", codes: ["received"] })]);
    expect(await letters()).toEqual([]);
  });

  test.each([
    ["question", { kind: "question", text: "Wo ist <Ihr> Pass & Visum?", deadline: expect.stringMatching(/^\d{4}-/) }],
    ["appointment", { kind: "appointment", appointment: expect.objectContaining({ from: "09:30" }) }],
    ["reviewed", { kind: "progress", codes: ["reviewed"] }],
    ["notCompetent", { kind: "notCompetent", competent: "Landkreis Barnim" }],
    ["intendedRefusal", { kind: "intendedRefusal", documents: [expect.objectContaining({ format: "pdf" })] }],
    ["withdrawn", { kind: "withdrawn" }],
    ["foreign", { kind: "accepted", from: "azr:999999" }],
  ])("writes on demand: %s", async (kind, expected) => {
    const id = randomUUID();
    await send(messageOf(id));
    await letters();
    await write(id, kind, "Wo ist <Ihr> Pass & Visum?");
    expect(await letters()).toEqual([expect.objectContaining({ answersTo: id, ...expected })]);
  });

  test("writes a mistake on demand, which the schema refuses", async () => {
    const id = randomUUID();
    await send(messageOf(id));
    await letters();
    await write(id, "invalid");
    expect(await letters()).toEqual(["invalid"]);
  });

  test.each([
    ["schema-violation", (xml: string) => xml.replace("azr:123456", "")],
    ["syntax-violation", (xml: string) => xml.slice(0, -20)],
    ["unsupported-schema", (xml: string) => xml.replaceAll("xauslaender2611", "xauslaender0000")],
    ["service-mismatch", (xml: string) => xml.replace("AO-1", "AO-2")],
  ])("rejects with %s what does not fit", async (problem, change) => {
    const id = randomUUID();
    const xml = change(Buffer.from(messageOf(id).data.bytes).toString("utf8"));
    const wrong = problem === "schema-violation" ? xml.replace("<kennung></kennung>", "") : xml;
    const receipts = await transport.poll(id, options, await send(messageOf(id, wrong)));
    expect(receipts.at(-1)).toMatchObject({ kind: "rejected", reasons: [problem] });
  });

  test("counts what comes again and takes it once, also after a new start with the same keys", async () => {
    const id = randomUUID();
    const message = messageOf(id);
    await send(message);
    const before = (await (await fetch(`${gateway.url}/statistics`)).json()) as { duplicates: number };
    // Without its acknowledgement nothing tells the sender that the message was there.
    rmSync(join(gateway.boxes, "stadt", "acks", `${id}.json`));
    await send(message);
    expect(await (await fetch(`${gateway.url}/statistics`)).json()).toMatchObject({
      duplicates: before.duplicates + 1,
    });

    await transport.close?.();
    await gateway.close();
    const { fingerprint } = gateway.keys;
    gateway = await start();
    transport = connect();
    expect(gateway.keys.fingerprint).toBe(fingerprint);
    expect(readdirSync(join(gateway.boxes, "stadt", "acks"))).toContain(`${id}.json`);
    const list = (await (await fetch(`${gateway.url}/api/applications`)).json()) as { messageId: string }[];
    expect(list.filter(({ messageId }) => messageId === id)).toHaveLength(1);
    expect((await transport.selfTest(options)).ok).toBe(true);
  });

  test("shows what a message says, and refuses forms and names of others", async () => {
    const id = randomUUID();
    await send(messageOf(id));
    const page = await (await fetch(`${gateway.url}/messages/${id}`)).text();
    for (const text of ["SIMULATOR", "Gehaltsabrechnungen folgen", "Aufenthalt Online", "data.xml"])
      expect(page).toContain(text);
    const foreign = { method: "POST", headers: { origin: "http://evil.example" } };
    expect((await fetch(`${gateway.url}/messages/${id}/reject`, foreign)).status).toBe(403);
    expect((await fetch(`${gateway.url}/messages/${randomUUID()}`)).status).toBe(404);
  });
});
