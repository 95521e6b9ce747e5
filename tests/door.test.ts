import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDoor } from "#app/door/door.server.ts";
import { openLine } from "#app/door/line.server.ts";
import { createHttp } from "#app/http.server.ts";
import { openApp, type TestApp } from "./support/app.ts";
import { plainBrowser, valuesOf } from "./support/plainBrowser.ts";

/** As long as it stays full nobody is called: the door opens when the test says so, and not by its own clock. */
const FULL = { note: () => undefined, read: () => 60_000, stop: () => undefined };
const PLACE = "/de/potsdam/triage/place";
const typed = { postalCode: ["14467"], place: ["Potsdam"] };

let opened: TestApp;
let server: Server;
let base: string;
const line = openLine(Date.now() - 60_000);

/** A crowd comes and pages take a minute. */
function shut(): void {
  for (let count = 0; count < 50; count += 1) line.come(Date.now());
  line.tick(Date.now(), 60_000);
}

/** The crowd is gone and pages are quick. */
function open(): void {
  for (let count = 0; count < 50; count += 1) line.tick(Date.now() + 1_000, 0);
}

beforeAll(async () => {
  opened = await openApp();
  const build = (await import(new URL("../build/server/index.js", import.meta.url).href)) as ServerBuild;
  const door = openDoor(opened.app, line, FULL);
  server = createHttp(opened.app, build, () => false, { door }).listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  server.close();
  await opened.close();
});

test("a form that was open when it became too full comes back filled in, and goes through when there is room", async () => {
  const browser = plainBrowser(base);
  const form = await browser.open(PLACE);
  expect(form.status).toBe(200);
  shut();
  const refused = await browser.submit(form, { values: typed });
  expect([refused.status, refused.url.pathname]).toEqual([503, PLACE]);
  expect(refused.headers.get("retry-after")).toBe("20");
  expect(refused.text).toContain("Noch nicht gespeichert");
  expect(valuesOf(refused)).toMatchObject(typed);
  expect(browser.cookies.has("access")).toBe(false);
  open();
  const saved = await browser.submit(refused, { values: typed });
  expect([saved.status, saved.url.pathname]).toEqual([200, "/de/potsdam/triage/applicant"]);
});

test("whoever has begun never waits, while newcomers do", async () => {
  const browser = plainBrowser(base);
  const begun = await browser.submit(await browser.open(PLACE), { values: typed });
  expect(begun.url.pathname).toBe("/de/potsdam/triage/applicant");
  shut();
  expect((await browser.open("/de/potsdam/triage/applicant")).status).toBe(200);
  const newcomer = await plainBrowser(base).open(PLACE);
  expect([newcomer.status, newcomer.document.querySelector("h1")?.text]).toEqual([
    503,
    "Gerade sind sehr viele Menschen hier",
  ]);
  open();
});
