import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startZustelldienst } from "#app/demo/zustelldienst/server.ts";
import { generateDestinationKeys, publicEncryptionJwk, type DestinationKeys } from "./keys.ts";
import { startFachverfahren, type Fachverfahren } from "./server.ts";
import {
  createTestSender,
  encryptFor,
  newFolder,
  removeFolders,
  schemaFolder,
  testDestination,
  testFile,
  testPayload,
  TEST_CLIENTS,
  until,
} from "./testSender.ts";

type Answer = { status: number; body: string; headers: Record<string, string> };
type Fault = (
  call: { method: string; path: string; subscriber: boolean },
  forward: () => Promise<Answer>,
) => Promise<Answer | "cut">;

const destination = testDestination();
let keys: DestinationKeys;
let proxy: Server;
let proxyUrl: string;
let fault: Fault;
let target: string;
let zustelldienst: Awaited<ReturnType<typeof startZustelldienst>>;
let fachverfahren: Fachverfahren;
let sender: ReturnType<typeof createTestSender>;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Stands between both and the Zustelldienst; a test decides what goes wrong on the way. */
async function startProxy(): Promise<void> {
  proxy = createServer(async (request, response) => {
    const { method = "GET", url = "/" } = request;
    const body = await readBody(request);
    const headers = Object.fromEntries(
      ["authorization", "content-type", "user-agent", "accept"].flatMap((name) => {
        const value = request.headers[name];
        return typeof value === "string" ? [[name, value]] : [];
      }),
    );
    const forward = async (): Promise<Answer> => {
      const answer = await fetch(`${target}${url}`, {
        method,
        headers,
        ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
      });
      const type = answer.headers.get("content-type");
      return { status: answer.status, body: await answer.text(), headers: type ? { "content-type": type } : {} };
    };
    const subscriber = String(headers["user-agent"]).startsWith("Fachverfahren");
    // A call that is still under way when the test ends finds the Zustelldienst closed.
    const answer = await fault({ method, path: url, subscriber }, forward).catch((): "cut" => "cut");
    if (answer === "cut") return void request.socket.destroy();
    response.writeHead(answer.status, answer.headers).end(answer.status === 204 ? undefined : answer.body);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  keys = await generateDestinationKeys();
  await startProxy();
  const dataDir = await newFolder();
  zustelldienst = await startZustelldienst({ port: 0, dataDir, clients: TEST_CLIENTS, publicUrl: proxyUrl });
  target = zustelldienst.url;
  sender = createTestSender(proxyUrl, destination.id);
}, 180_000);
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await zustelldienst.close();
  await removeFolders();
});

beforeEach(async () => {
  fault = (_call, forward) => forward();
  fachverfahren = await startFachverfahren({
    port: 0,
    dataDir: await newFolder(),
    zustelldienstUrl: proxyUrl,
    clientId: "subscriber",
    clientSecret: "secret-of-subscriber",
    destinations: [destination],
    schemaDir: await schemaFolder(),
    decision: "accept",
    pollMs: 20,
    keys: { [destination.id]: keys },
  });
  await until("registration", async () => {
    const health = (await (await fetch(`${fachverfahren.url}/health`)).json()) as { destinations: string[] };
    return health.destinations.length === 1;
  });
});
afterEach(() => fachverfahren.close());

const statistics = async () => (await fetch(`${fachverfahren.url}/statistics`)).json();

describe("a Fachverfahren on a bad day", () => {
  test("a lost answer to its decision does not lead to a second decision", async () => {
    let lost = 0;
    fault = async ({ method, path }, forward) => {
      const answer = await forward();
      if (method !== "POST" || !path.endsWith("/events") || lost > 0) return answer;
      lost += 1;
      return "cut";
    };
    const payload = testPayload();
    const { caseId } = await sender.send({ payload });
    const page = async () => (await fetch(`${fachverfahren.url}/applications/${payload.messageId}`)).text();
    await until("delivery", async () => (await page()).includes("Entscheidung übermittelt"));
    expect(lost).toBe(1);
    expect(await sender.verdicts(caseId)).toHaveLength(1);
  });

  test("an overloaded Zustelldienst only delays", async () => {
    let refused = 0;
    fault = async ({ subscriber }, forward) => {
      if (!subscriber || refused >= 6) return forward();
      refused += 1;
      return refused % 2 === 0
        ? "cut"
        : { status: 503, body: "{}", headers: { "content-type": "application/problem+json" } };
    };
    const { caseId } = await sender.send({ payload: testPayload() });
    const [verdict] = await until("verdict", async () => {
      const found = await sender.verdicts(caseId);
      return found.length > 0 && found;
    });
    expect(verdict?.name).toBe("accept-submission");
    expect(await statistics()).toEqual({ received: 1, accepted: 1, rejected: 0, duplicates: 0 });
  });

  test("data exchanged on the way are refused for their tag", async () => {
    const jwk = publicEncryptionJwk(keys.encryption);
    const encryptedData = await encryptFor(jwk, Buffer.from(JSON.stringify(testPayload())));
    fault = async ({ subscriber, path, method }, forward) => {
      const answer = await forward();
      const isSubmission = subscriber && method === "GET" && /\/submissions\/[\da-f-]{36}$/.test(path);
      return isSubmission ? { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), encryptedData }) } : answer;
    };
    const { caseId } = await sender.send({ payload: testPayload() });
    const [verdict] = await until("verdict", async () => {
      const found = await sender.verdicts(caseId);
      return found.length > 0 && found;
    });
    expect(verdict?.name).toBe("reject-submission");
    expect(JSON.stringify(verdict?.content.problems)).toContain("incorrect-authentication-tag");
  });

  test("an attachment that has vanished is refused as missing", async () => {
    const file = testFile();
    fault = async ({ subscriber, path }, forward) =>
      subscriber && path.endsWith(file.attachmentId) ? { status: 404, body: "{}", headers: {} } : forward();
    const { caseId } = await sender.send({ payload: testPayload([file]), files: [file] });
    const [verdict] = await until("verdict", async () => {
      const found = await sender.verdicts(caseId);
      return found.length > 0 && found;
    });
    expect(JSON.stringify(verdict?.content.problems)).toContain("missing-attachment");
  });
});
