import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHttp, type RequestContext } from "#app/http.server.ts";
import { sessionCookie, sessionKey } from "#app/session.server.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { openDoor } from "./door.server.ts";
import { openLine } from "./line.server.ts";
import { writeTicket } from "./ticket.server.ts";

const component = () => null;
const seen = ({ context }: { context: RequestContext }) => new Response(context.isAdmitted ? "in" : "kept out");
const page = (path: string) => ({ id: path, path, parentId: "root", module: { loader: seen, action: seen } });

const build = {
  entry: { module: { handleError: () => undefined, default: component } },
  routes: {
    root: { id: "root", path: "", module: { default: component } },
    ...Object.fromEntries(
      ["uk/potsdam", "uk/potsdam/triage/place", "uk/status", "uk/potsdam/receipt", "uk/potsdam/join"].map((path) => [
        path,
        page(path),
      ]),
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
/** Pages that were said to have taken some time. */
let noted = 0;
// Pages take long and a crowd is there: the door is shut until the line is told otherwise.
const line = openLine(Date.now() - 60_000);

beforeAll(async () => {
  opened = await openApp();
  const door = openDoor(opened.app, line, { note: () => (noted += 1), read: () => 60_000, stop: () => undefined });
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
  expect(text).toContain("ДЕМО: жодне відомство не отримує цю заяву.");
  expect(Number(first.headers.get("refresh"))).toBeGreaterThanOrEqual(15);
  expect(first.headers.get("retry-after")).toBe(first.headers.get("refresh"));
  const again = await get("uk/potsdam", ticketOf(first));
  expect([again.status, await again.text(), ticketOf(again)]).toEqual([503, text, ""]);
});

const linksOf = async (path: string) => [
  ...(await (await get(path)).text()).matchAll(/<a href="([^"]*)" lang="(\w+)"/g),
];

test("whoever came by a link in a language that they cannot read finds theirs, and nothing of the address that is not ours", async () => {
  expect((await linksOf("uk/potsdam")).map(([, href, code]) => [href, code])).toEqual(
    ["de", "en", "ru", "ar"].map((code) => [`/${code}/potsdam`, code]),
  );
  const hrefs = (await linksOf('ar/potsdam/triage/"><script>')).map(([, href]) => href);
  expect(hrefs).toEqual(["de", "en", "uk", "ru"].map((code) => `/${code}/potsdam/triage`));
});

test.each(["uk/%70otsdam", "uk/potsdam/%74riage/place", "uk/potsdam/UKRAINE", "uk/potsdam/"])(
  "%s is the same page written otherwise, and waits like it",
  async (path) => {
    expect((await get(path)).status).toBe(503);
  },
);

test("a page with script that goes on to a page at the door is told to load it whole, with a place in the line", async () => {
  const answer = await get("uk/potsdam/triage/place.data");
  const text = await answer.text();
  expect([answer.status, answer.headers.get("content-type")]).toEqual([202, "text/x-script"]);
  expect(text).toContain('"SingleFetchRedirect"');
  expect(text).toContain('"reload",true');
  expect(text).toContain('"/uk/potsdam/triage/place"');
  expect(ticketOf(answer).startsWith("door=w")).toBe(true);
});

test("pages of the line say nothing of how long people wait inside", async () => {
  const before = noted;
  await get("uk/potsdam");
  await get("uk/potsdam.data");
  expect(noted).toBe(before);
  await get("uk/status");
  expect(noted).toBe(before + 1);
});

test.each(["uk/status", "uk/potsdam/receipt", "uk/potsdam/join"])(
  "%s never waits: whoever reads, comes back or was invited begins nothing",
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
  // Neither quick nor full: one is called in a second, and all but the last were here before.
  while (line.length() > 1) line.tick(Date.now(), 500);
  const called = await get("uk/potsdam", place);
  expect(await called.text()).toBe("in");
  const admitted = ticketOf(called);
  expect(admitted.startsWith("door=a")).toBe(true);
  for (let count = 0; count < 30; count += 1) line.come(Date.now());
  line.tick(Date.now(), 60_000);
  expect(await (await get("uk/potsdam/triage/place", admitted)).text()).toBe("in");
  expect(later.startsWith("door=w")).toBe(true);
});

test("a place of another day is none: it would pass everybody who waits now", async () => {
  const key = sessionKey(opened.app, "door ticket");
  const placeOf = (hours: number) => `door=${writeTicket(key, { kind: "waits", at: Date.now() - hours * 3_600_000 })}`;
  expect((await get("uk/potsdam", placeOf(1))).status).toBe(200);
  const late = await get("uk/potsdam", placeOf(13));
  expect([late.status, ticketOf(late).startsWith("door=w")]).toEqual([503, true]);
});

test("a forged ticket is none", async () => {
  const forged = await get("uk/potsdam", `door=a${Date.now().toString(36)}.${"A".repeat(43)}`);
  expect([forged.status, ticketOf(forged).startsWith("door=w")]).toEqual([503, true]);
});
