import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { decodeProtectedHeader } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startZustelldienst } from "#app/demo/zustelldienst/server.ts";
import { createKeySupply } from "./keyRing.ts";
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
} from "./testSender.ts";

type Kids = { current: string; former: string[] };
type Keys = { destinationId: string; encryption: Kids; signature: Kids };

const destination = testDestination();
let keys: DestinationKeys;
let dataDir: string;
let schemaDir: string;
let zustelldienst: Awaited<ReturnType<typeof startZustelldienst>>;
let fachverfahren: Fachverfahren;
let sender: ReturnType<typeof createTestSender>;

const start = () =>
  startFachverfahren({
    port: 0,
    dataDir,
    zustelldienstUrl: zustelldienst.url,
    clientId: "subscriber",
    clientSecret: "secret-of-subscriber",
    destinations: [destination],
    schemaDir,
    decision: "accept",
    pollMs: 20,
    keys: { [destination.id]: keys },
  });

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

beforeEach(async () => {
  dataDir = await newFolder();
  fachverfahren = await start();
  await until("registration", async () => {
    const health = (await (await fetch(`${fachverfahren.url}/health`)).json()) as { destinations: string[] };
    return health.destinations.length === 1;
  });
});
afterEach(() => fachverfahren.close());

const kids = async () => {
  const answer = (await (await fetch(`${fachverfahren.url}/simulator/keys`)).json()) as { destinations: Keys[] };
  return answer.destinations[0]!;
};

const rotate = (body: unknown = {}, headers: Record<string, string> = { "content-type": "application/json" }) =>
  fetch(`${fachverfahren.url}/simulator/rotate-key`, { method: "POST", headers, body: JSON.stringify(body) });

async function published(): Promise<string> {
  const answer = await fetch(`${zustelldienst.url}/submission-api/v2/destinations/${destination.id}`, {
    headers: { "user-agent": "test" },
  });
  return ((await answer.json()) as { encryptionKid: string }).encryptionKid;
}

const verdict = (caseId: string) => until("verdict", async () => (await sender.verdicts(caseId))[0]);

async function signerOf(caseId: string): Promise<string | undefined> {
  const { raw } = await verdict(caseId);
  return decodeProtectedHeader(raw).kid;
}

test("a new encryption key is published at once, and what was sent for the old one still opens, after a restart too", async () => {
  const before = await kids();
  const rotated = (await (await rotate()).json()) as { rotated: { kid: string }[] };
  const [{ kid }] = rotated.rotated as [{ kid: string }];
  expect(rotated).toEqual({
    rotated: [{ destinationId: destination.id, use: "encryption", kid, registered: true }],
  });
  expect(await published()).toBe(kid);
  const after = await kids();
  expect(after.encryption).toEqual({ current: kid, former: [before.encryption.current] });
  expect(after.signature).toEqual(before.signature);

  const file = testFile();
  const fresh = await sender.send({ payload: testPayload([file]), files: [file] });
  expect((await verdict(fresh.caseId)).name).toBe("accept-submission");

  // Between announcing and encrypting the key changes: the sender has fetched the old one.
  const crossing = await sender.send({ payload: testPayload(), meanwhile: rotate });
  expect((await verdict(crossing.caseId)).name).toBe("accept-submission");

  await fachverfahren.close();
  fachverfahren = await start();
  const kept = await kids();
  expect(kept.encryption.former).toEqual([kid, before.encryption.current]);
  const path = join(dataDir, "keys", `${destination.id}.json`);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ formerEncryption: [{ kid }, keys.encryption] });
});

test("a new signature key signs from then on, and the statements of the old one stay good", async () => {
  const first = await sender.send({ payload: testPayload() });
  const oldKid = await signerOf(first.caseId);
  expect((await rotate({ use: "signature" })).status).toBe(200);
  const { signature } = await kids();
  expect(signature).toEqual({ current: expect.any(String), former: [oldKid] });
  const second = await sender.send({ payload: testPayload() });
  expect(await signerOf(second.caseId)).toBe(signature.current);
  for (const kid of [signature.current, oldKid]) {
    const path = `${zustelldienst.url}/submission-api/v2/destinations/${destination.id}/keys/${kid}`;
    expect((await fetch(path, { headers: { "user-agent": "test" } })).status).toBe(200);
  }
});

test("a key that changes while the Zustelldienst is down is published when it is back", async () => {
  const refused = await rotate({ destinationId: "00000000-0000-4000-8000-000000000000" });
  expect(refused.status).toBe(404);
  await zustelldienst.close();
  const { rotated } = (await (await rotate()).json()) as { rotated: { kid: string; registered: boolean }[] };
  expect(rotated[0]?.registered).toBe(false);
  const port = Number(new URL(zustelldienst.url).port);
  zustelldienst = await startZustelldienst({ port, dataDir: await newFolder(), clients: TEST_CLIENTS });
  await until("publication", async () => (await published().catch(() => "")) === rotated[0]?.kid);
});

test("a supply makes the next key before it is asked for, and gives none twice", async () => {
  let made = 0;
  const make = () => Promise.resolve({ ...keys.encryption, kid: `key-number-${(made += 1)}` });
  const supply = createKeySupply(true, make);
  expect(made).toBe(1);
  const given = await Promise.all([supply(), supply()]);
  expect(given.map(({ kid }) => kid)).toEqual(["key-number-1", "key-number-2"]);
  expect(made).toBe(3);
  const lazy = createKeySupply(false, make);
  expect(made).toBe(3);
  expect((await lazy()).kid).toBe("key-number-4");
});

test("the switch takes no other use, and no form of a foreign page", async () => {
  expect((await rotate({ use: "both" })).status).toBe(400);
  expect((await rotate({}, { "content-type": "text/plain" })).status).toBe(403);
  const foreign = { "content-type": "application/json", origin: "http://evil.example" };
  expect((await rotate({}, foreign)).status).toBe(403);
});
