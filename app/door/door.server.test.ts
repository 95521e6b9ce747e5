import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHttp, type RequestContext } from "#app/http.server.ts";
import { sessionCookie } from "#app/session.server.ts";
import { openApp, type TestApp } from "#tests/support/filing.ts";
import { openDoor } from "./door.server.ts";
import { openLine } from "./line.server.ts";

const component = () => null;
const seen = ({ context }: { context: RequestContext }) => new Response(context.isAdmitted ? "in" : "kept out");
const page = (path: string) => ({ id: path, path, parentId: "root", module: { loader: seen, action: seen } });

const build = {
  entry: { module: { handleError: () => undefined, default: component } },
  routes: {
    root: { id: "root", path: "", module: { default: component } },
    ...Object.fromEntries(
      ["uk/potsdam", "uk/potsdam/triage/place", "uk/status", "uk/potsdam/receipt"].map((path) => [path, page(path)]),
    ),
  },
  assets: { version: "1", url: "/assets/manifest.js", entry: { module: "", imports: [] }, routes: {} },
  future: { v3_singleFetch: true },
  publicPath: "/",
  assetsBuildDirectory: "build/client",
  basename: "/",
  isSpaMode: false,
  mode: "production",
};

let opened: TestApp;
let server: Server;
let base: string;
// Pages take long and a crowd is there: the door is shut until the line is told otherwise.
const line = openLine(Date.now() - 60_000);

beforeAll(async () => {
  opened = await openApp();
  const door = openDoor(opened.app, line, { note: () => undefined, read: () => 60_000, stop: () => undefined });
  for (let count = 0; count < 50; count += 1) line.come(Date.now());
  line.tick(Date.now() - 1_000, 60_000);
  server = createHttp(opened.app, build as unknown as ServerBuild, () => false, { door }).listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await opened.close();
});

const get = (path: string, cookie = "") => fetch(`${base}/${path}`, { headers: { cookie } });
const ticketOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .find((value) => value.startsWith("door="))
    ?.split(";")[0] ?? "";

test("a newcomer waits on a page in their language that asks again by itself and keeps their place", async () => {
  const first = await get("uk/potsdam");
  const text = await first.text();
  expect(first.status).toBe(503);
  expect(text).toContain('<html lang="uk" dir="ltr">');
  expect(text).not.toContain("<script");
  expect(Number(first.headers.get("refresh"))).toBeGreaterThanOrEqual(15);
  expect(first.headers.get("retry-after")).toBe(first.headers.get("refresh"));
  const again = await get("uk/potsdam", ticketOf(first));
  expect([again.status, await again.text(), ticketOf(again)]).toEqual([503, text, ""]);
});

test.each(["uk/status", "uk/potsdam/receipt"])(
  "%s never waits: whoever reads or comes back begins nothing",
  async (path) => {
    expect(await (await get(path)).text()).toBe("in");
  },
);

test("a running application always proceeds", async () => {
  const session = sessionCookie(opened.app, Buffer.alloc(16, 7)).split(";")[0] ?? "";
  expect(await (await get("uk/potsdam/triage/place", session)).text()).toBe("in");
});

test("a newcomer's post reaches its page, which says so and keeps what was typed", async () => {
  const posted = await fetch(`${base}/uk/potsdam/triage/place`, { method: "POST" });
  expect([await posted.text(), ticketOf(posted).startsWith("door=w")]).toEqual(["kept out", true]);
});

test("who is called goes in and stays in, though others still wait", async () => {
  const place = ticketOf(await get("uk/potsdam"));
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const later = ticketOf(await get("uk/potsdam"));
  // Neither quick nor full: one is called in a second, and some were here before.
  for (let second = 0; second < 5; second += 1) line.tick(Date.now(), 500);
  const called = await get("uk/potsdam", place);
  expect(await called.text()).toBe("in");
  const admitted = ticketOf(called);
  expect(admitted.startsWith("door=a")).toBe(true);
  for (let count = 0; count < 30; count += 1) line.come(Date.now());
  line.tick(Date.now(), 60_000);
  expect(await (await get("uk/potsdam/triage/place", admitted)).text()).toBe("in");
  expect(later.startsWith("door=w")).toBe(true);
});

test("a forged ticket is none", async () => {
  const forged = await get("uk/potsdam", `door=a${Date.now().toString(36)}.${"A".repeat(43)}`);
  expect([forged.status, ticketOf(forged).startsWith("door=w")]).toEqual([503, true]);
});
