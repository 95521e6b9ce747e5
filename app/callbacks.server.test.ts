import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerBuild } from "@remix-run/node";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { callbackTargets } from "#app/callbacks.server.ts";
import type { App } from "#app/context.server.ts";
import { createHttp } from "#app/http.server.ts";
import { createLimits } from "#app/limits.server.ts";
import { outbox } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";

const MINUTE = 60_000;
const noPages = { routes: {}, future: {}, assets: {}, entry: { module: {} } } as unknown as ServerBuild;

let opened: TestApp;
let app: App;
let server: Server;
let base: string;
const woken: string[] = [];

beforeAll(async () => {
  opened = await openApp();
  const { database } = opened.app;
  const wake: typeof database.wake = async (tx, id, destination) => {
    woken.push(`${id} ${destination}`);
    await database.wake(tx, id, destination);
  };
  // What production allows, so that the limit can be reached.
  const limits = createLimits({ env: { mode: "production", trustedProxyHops: 1 }, now: opened.app.now });
  app = { ...opened.app, limits, database: { ...database, wake } };
  server = createHttp(app, noPages, () => false).listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await opened.close();
});
beforeEach(() => {
  woken.length = 0;
});

const later = () => new Date(app.now().getTime() + 15 * MINUTE);

async function messageIn(state: "sending" | "sent" | "accepted", nextAttemptAt = later()): Promise<string> {
  const id = randomUUID();
  const message = { id, caseId: randomUUID(), authority: "potsdam", kind: "application", state } as const;
  const unused = { progress: {}, attempts: 0, createdAt: app.now(), sealed: Buffer.from("x") };
  await app.database.db.insert(outbox).values({ ...message, ...unused, destination: "fit-connect:x", nextAttemptAt });
  return id;
}

async function dueAt(id: string): Promise<number> {
  const [row] = await app.database.db.select().from(outbox).where(eq(outbox.id, id));
  return row!.nextAttemptAt.getTime();
}

const targetOf = (id: string) => callbackTargets({ mode: "production", publicUrl: "https://a.example" }, app.keys)!(id);

function call(id: string, change: { secret?: string; seconds?: number; body?: string; headers?: object } = {}) {
  const { body = '{"type":"new-events"}', seconds = 0, secret = targetOf(id).secret } = change;
  const timestamp = String(Math.floor(app.now().getTime() / 1000) + seconds);
  const authentication = createHmac("sha512", secret).update(`${timestamp}.${body}`).digest("hex");
  const headers = { "callback-timestamp": timestamp, "callback-authentication": authentication, ...change.headers };
  return fetch(`${base}/api/fit-connect/callbacks/${id}`, { method: "POST", body, headers });
}

const answerOf = async (response: Response) => [response.status, await response.text()];

test("a genuine call lets the receiver be asked at once, whatever its body says and wherever it comes from", async () => {
  const id = await messageIn("sent");
  const origin = { origin: "https://zustelldienst.example", "sec-fetch-site": "cross-site" };
  expect(await answerOf(await call(id, { body: "no JSON", headers: origin }))).toEqual([204, ""]);
  expect(await dueAt(id)).toBeLessThanOrEqual(app.now().getTime());
  expect(woken).toEqual([`${id} fit-connect:x`]);
});

test("a call that comes twice does nothing more than one", async () => {
  const id = await messageIn("sent");
  await call(id);
  expect((await call(id)).status).toBe(204);
  expect(woken).toHaveLength(1);
});

test.each(["sending", "accepted"] as const)("a message that is %s is not hurried", async (state) => {
  const id = await messageIn(state);
  const due = await dueAt(id);
  expect((await call(id)).status).toBe(204);
  expect([await dueAt(id), woken]).toEqual([due, []]);
});

test("nobody else learns anything: the same answer for a wrong signature, an old call and an unknown message", async () => {
  const id = await messageIn("sent");
  const due = await dueAt(id);
  const refused = [
    call(id, { secret: "forged" }),
    call(id, { secret: targetOf(randomUUID()).secret }),
    call(id, { seconds: -400 }),
    call(id, { seconds: 400 }),
    call(id, { headers: { "callback-authentication": "" } }),
    call(id, { headers: { "callback-timestamp": "" } }),
    call(randomUUID(), { secret: "forged" }),
    call("nothing", { secret: "forged" }),
  ];
  for (const response of await Promise.all(refused)) expect(await answerOf(response)).toEqual([401, ""]);
  expect([await dueAt(id), woken]).toEqual([due, []]);
});

test("a body of more than 64 KB is not read to its end", async () => {
  const id = await messageIn("sent");
  expect((await call(id, { body: "x".repeat(64 * 1024) })).status).toBe(204);
  expect((await call(id, { body: "x".repeat(64 * 1024 + 1) })).status).toBe(413);
});

test("an address that calls too often is told to wait", async () => {
  const caller = { "x-forwarded-for": "203.0.113.7" };
  const flood = { socket: { remoteAddress: "127.0.0.1" }, headers: caller } as never;
  for (let count = 0; count < 6_000; count += 1) app.limits.take("callback", app.limits.callerOf(flood));
  const response = await call(await messageIn("sent"), { headers: caller });
  expect([response.status, response.headers.get("retry-after")]).toEqual([429, "600"]);
});

test("addresses name the message, secrets are long, of one message only, and the same in every process", () => {
  const [one, other] = [randomUUID(), randomUUID()];
  expect(targetOf(one).url).toBe(`https://a.example/api/fit-connect/callbacks/${one}`);
  expect(targetOf(one).secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(targetOf(one)).toEqual(targetOf(one));
  expect(targetOf(one).secret).not.toBe(targetOf(other).secret);
});

test("without TLS nobody is asked to call, except in the demo", () => {
  const publicUrl = "http://127.0.0.1:3000";
  expect(callbackTargets({ mode: "production", publicUrl }, app.keys)).toBeUndefined();
  expect(callbackTargets({ mode: "demo", publicUrl }, app.keys)?.("x").url).toBe(
    "http://127.0.0.1:3000/api/fit-connect/callbacks/x",
  );
});
