import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { get } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startZustelldienst } from "#app/demo/zustelldienst/server.ts";
import type { DecisionMode } from "../common/settings.ts";
import { generateDestinationKeys, type DestinationKeys } from "./keys.ts";
import { startFachverfahren, type Fachverfahren } from "./server.ts";
import {
  createTestSender,
  newFolder,
  removeFolders,
  schemaFolder,
  testDestination,
  testFile,
  testPayload,
  TEST_CLIENTS,
  until,
  type SentVerdict,
} from "./testSender.ts";

const destination = testDestination();
let keys: DestinationKeys;
let schemaDir: string;
let dataDir: string;
let zustelldienst: Awaited<ReturnType<typeof startZustelldienst>>;
let sender: ReturnType<typeof createTestSender>;
let fachverfahren: Fachverfahren;

beforeAll(async () => {
  keys = await generateDestinationKeys();
  schemaDir = await schemaFolder();
  zustelldienst = await startZustelldienst({ port: 0, dataDir: await newFolder(), clients: TEST_CLIENTS });
  sender = createTestSender(zustelldienst.url, destination.id);
}, 180_000);
afterAll(async () => {
  await zustelldienst.close();
  await removeFolders();
});

function start(decision: DecisionMode): Promise<Fachverfahren> {
  return startFachverfahren({
    port: 0,
    dataDir,
    zustelldienstUrl: zustelldienst.url,
    clientId: "subscriber",
    clientSecret: "secret-of-subscriber",
    destinations: [destination],
    schemaDir,
    decision,
    pollMs: 20,
    keys: { [destination.id]: keys },
  });
}

async function json<T>(path: string): Promise<T> {
  return (await fetch(`${fachverfahren.url}${path}`)).json() as Promise<T>;
}

async function page(path: string): Promise<string> {
  return (await fetch(`${fachverfahren.url}${path}`)).text();
}

const registered = () =>
  until("registration", async () =>
    (await json<{ destinations: string[] }>("/health")).destinations.includes(destination.id),
  );

beforeEach(async () => {
  dataDir = await newFolder();
  fachverfahren = await start("accept");
  await registered();
});
afterEach(() => fachverfahren.close());

function verdict(caseId: string): Promise<SentVerdict> {
  return until("verdict", async () => (await sender.verdicts(caseId))[0]);
}

async function problemTypes(caseId: string): Promise<string[]> {
  const { name, content } = await verdict(caseId);
  expect(name).toBe("reject-submission");
  return (content.problems as { type: string }[]).map(({ type }) => type.split("/").at(-1) ?? "");
}

function decide(messageId: string, verdictName: "accept" | "reject", reason = "", origin = fachverfahren.url) {
  return fetch(`${fachverfahren.url}/applications/${messageId}/${verdictName}`, {
    method: "POST",
    headers: { origin },
    body: new URLSearchParams({ reason }),
    redirect: "manual",
  });
}

describe("a Fachverfahren at a Zustelldienst", () => {
  test("takes over an application with its file and says so with a signed event", async () => {
    const file = testFile();
    const payload = testPayload([file]);
    const { caseId, submissionId } = await sender.send({ payload, files: [file] });
    const { name, content, claims } = await verdict(caseId);
    expect(name).toBe("accept-submission");
    expect(claims).toMatchObject({ iss: destination.id, sub: `submission:${submissionId}`, txn: `case:${caseId}` });
    expect(content.authenticationTags).toMatchObject({ attachments: { [file.attachmentId]: expect.any(String) } });
    expect(await json(`/api/applications/${payload.messageId}`)).toEqual(payload);
    expect(await json("/api/applications")).toEqual([
      { messageId: payload.messageId, reference: "KDTM-RWXE", state: "accepted", kind: "application", caseId },
    ]);
    const download = await fetch(
      `${fachverfahren.url}/applications/${payload.messageId}/attachments/${file.attachmentId}`,
    );
    expect(Buffer.from(await download.arrayBuffer())).toEqual(file.bytes);
    expect(download.headers.get("content-disposition")).toContain("filename*=UTF-8''Pass%20M%C3%BCller.pdf");
    expect(download.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("refuses wrong hashes, missing files and data against the schema, and keeps none of it", async () => {
    const file = testFile();
    const wrongHash = await sender.send({
      payload: testPayload([file]),
      files: [file],
      damage: ({ contentStructure }) => (contentStructure.attachments[0]!.hash.content = "0".repeat(128)),
    });
    expect(await problemTypes(wrongHash.caseId)).toEqual(["hash-mismatch"]);
    const unlisted = await sender.send({
      payload: testPayload([file]),
      files: [file],
      damage: ({ contentStructure }) => (contentStructure.attachments = []),
    });
    expect(await problemTypes(unlisted.caseId)).toEqual(["attachments-mismatch"]);
    const broken = await sender.send({ payload: testPayload([], { data: {} }) });
    expect(await problemTypes(broken.caseId)).toEqual(["schema-violation"]);
    const figures = { received: 3, accepted: 0, rejected: 3, duplicates: 0 };
    await until("figures", async () => JSON.stringify(await json("/statistics")) === JSON.stringify(figures));
    expect(await json("/api/applications")).toEqual([]);
    expect(await page("/")).toContain("Technisch zurückgewiesen (3)");
    for (const id of await readdir(`${dataDir}/submissions`)) {
      expect(await readdir(`${dataDir}/submissions/${id}`)).toEqual(["record.json"]);
    }
  });

  test("accepts a repeated message again but counts and keeps it once", async () => {
    const payload = testPayload();
    const first = await sender.send({ payload });
    await verdict(first.caseId);
    const second = await sender.send({ payload });
    expect((await verdict(second.caseId)).name).toBe("accept-submission");
    expect(await json("/statistics")).toEqual({ received: 2, accepted: 1, rejected: 0, duplicates: 1 });
    expect(await json<unknown[]>("/api/applications")).toHaveLength(1);
    expect(await readdir(`${dataDir}/submissions/${second.submissionId}`)).toEqual(["record.json"]);
  });

  test("keeps everything over a restart and decides with the clerk afterwards", async () => {
    fachverfahren.setDecision("manual");
    const payload = testPayload();
    const { caseId } = await sender.send({ payload });
    const repeated = await sender.send({ payload });
    const open = { received: 2, accepted: 0, rejected: 0, duplicates: 1 };
    await until("arrival", async () => JSON.stringify(await json("/statistics")) === JSON.stringify(open));
    await fachverfahren.close();
    fachverfahren = await start("manual");
    expect(await page("/")).toContain("Müsterkar, Anika");
    expect((await decide(payload.messageId, "accept", "", "http://evil.example")).status).toBe(403);
    expect((await decide(payload.messageId, "accept")).status).toBe(303);
    expect((await verdict(caseId)).name).toBe("accept-submission");
    expect((await verdict(repeated.caseId)).name).toBe("accept-submission");
    expect((await decide(payload.messageId, "reject", "zu spät")).status).toBe(409);
  });

  test("a clerk's refusal needs a reason and a corrected application is taken over", async () => {
    fachverfahren.setDecision("manual");
    const payload = testPayload();
    const { caseId } = await sender.send({ payload });
    await until("arrival", async () => (await json<unknown[]>("/api/applications")).length === 1);
    const without = await decide(payload.messageId, "reject");
    expect(without.status).toBe(422);
    expect(await without.text()).toContain("Geben Sie einen Grund");
    await decide(payload.messageId, "reject", "Falscher Antrag");
    expect((await verdict(caseId)).content.problems).toMatchObject([{ detail: "Falscher Antrag" }]);
    fachverfahren.setDecision("accept");
    const corrected = await sender.send({ payload });
    expect((await verdict(corrected.caseId)).name).toBe("accept-submission");
    expect(await json("/statistics")).toEqual({ received: 2, accepted: 1, rejected: 1, duplicates: 0 });
  });

  test("shows labels of the schema, dates, codes, deadline and missing papers; markup in names is text", async () => {
    const script = "<script>alert(1)</script>";
    const file = { ...testFile(), filename: `${script}.pdf` };
    const plain = testPayload([file]);
    const person = { ...plain.data.person, familyName: script, [`x${script}`]: `"><img src=x onerror=alert(1)>` };
    const payload = { ...plain, reference: `R${script}`, data: { ...plain.data, person } };
    await verdict((await sender.send({ payload, files: [file] })).caseId);
    const inbox = await fetch(`${fachverfahren.url}/`);
    expect(inbox.headers.get("content-security-policy")).toContain("default-src 'none'");
    const detail = await page(`/applications/${payload.messageId}`);
    for (const text of [await inbox.text(), detail]) {
      expect(text).toContain("SIMULATOR");
      expect(text).toContain("&lt;script&gt;");
      expect(text).not.toMatch(/<script|<img/);
    }
    for (const words of ["Passnummer", "Geburtsdatum", "14.03.1996", "Freitag, 15.01.2027", "Wird nachgereicht"]) {
      expect(detail).toContain(words);
    }
    expect(detail).toMatch(/Kind 2[\s\S]*Ravi/);
    expect(detail).toContain(`<bdi>Indien</bdi> <small class="code">IND</small>`);
    expect(detail.match(/✓ In Ordnung:/g)).toHaveLength(9);
  });

  test("answers only under names of this computer and knows no unknown page", async () => {
    expect((await fetch(`${fachverfahren.url}/applications/${randomUUID()}`)).status).toBe(404);
    expect((await fetch(`${fachverfahren.url}/applications/${randomUUID()}/accept`, { method: "POST" })).status).toBe(
      403,
    );
    expect(await page("/")).toContain("Hier erscheinen Anträge");
    const foreign = await new Promise<number | undefined>((resolve) => {
      get(fachverfahren.url, { headers: { host: "evil.example" } }, (response) =>
        resolve(response.resume().statusCode),
      );
    });
    expect(foreign).toBe(403);
  });
});
