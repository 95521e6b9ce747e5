import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHttp, type RequestContext } from "#app/http.server.ts";
import { createLimits, refuseBeyondLimit } from "#app/limits.server.ts";
import { sessionCookie } from "#app/session.server.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";

const YEAR = "public, max-age=31536000, immutable";
const HOUR = "public, max-age=3600";

type Handler = (given: { context: RequestContext }) => unknown;

const page: Handler = ({ context }) => context.nonce;
const action: Handler = ({ context }) => {
  refuseBeyondLimit(context, "code");
  return null;
};
const route = (id: string, path: string, module: object) => ({ id, path, parentId: "root", module });
const component = () => null;

/** A build of Remix with a page and an action that is counted; the page shows the nonce. */
function buildOf(): ServerBuild {
  const build = {
    entry: {
      module: {
        handleError: () => undefined,
        default: async (_request: Request, status: number, headers: Headers, _c: unknown, context: RequestContext) =>
          new Response(`<p>${context.nonce}</p>`, { status, headers }),
      },
    },
    routes: {
      root: { id: "root", path: "", module: { default: component, ErrorBoundary: component } },
      page: route("page", "page", { default: component, loader: page }),
      code: route("code", "code", { default: component, action }),
    },
    assets: { version: "1", url: "/assets/manifest.js", entry: { module: "", imports: [] }, routes: {} },
    future: { v3_singleFetch: true },
    publicPath: "/",
    assetsBuildDirectory: "build/client",
    basename: "/",
    isSpaMode: false,
    mode: "production",
  };
  return build as unknown as ServerBuild;
}

let opened: TestApp;
let folder: string;
let server: Server;
let base: string;

beforeAll(async () => {
  opened = await openApp();
  folder = mkdtempSync(join(tmpdir(), "client-"));
  for (const path of ["assets", "fonts", "schemas"]) mkdirSync(join(folder, path));
  const files = [
    "assets/page-AbC123.js",
    "fonts/sans-400.5.3.0.woff2",
    "schemas/W-18g-1.0.0.schema.json",
    "favicon.svg",
  ];
  for (const file of files) writeFileSync(join(folder, file), "{}");
  writeFileSync(join(folder, "assets/page-AbC123.js.br"), "compressed");
  const production = { mode: "production", publicUrl: "https://aufenthalt.example", trustedProxyHops: 1 } as const;
  const env = { ...opened.app.env, ...production };
  const limits = createLimits({ env, now: opened.app.now });
  server = createHttp({ ...opened.app, env, limits }, buildOf(), () => false, { files: folder });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Says that a body of 61 MB comes, as an upload that is too large does. */
async function tooLarge(): Promise<Response> {
  const request = httpRequest(`${base}/page`, { method: "POST", headers: { "content-length": 61 * 1024 * 1024 } });
  request.on("error", () => undefined).flushHeaders();
  const [answer] = await once(request, "response");
  request.destroy();
  return new Response(null, { status: answer.statusCode, headers: answer.headers });
}

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${base}${path}`, { headers });

const tryCode = (address: string, headers: Record<string, string> = {}) =>
  fetch(`${base}/code`, { method: "POST", headers: { ...headers, "x-forwarded-for": address } });

const everything: [string, () => Promise<Response>, number][] = [
  ["a page", () => get("/page"), 200],
  ["a page that is not there", () => get("/nothing"), 404],
  [
    "a refused post",
    () => fetch(`${base}/page`, { method: "POST", headers: { origin: "https://evil.example" }, redirect: "manual" }),
    303,
  ],
  ["the health", () => get("/health"), 200],
  ["the health of the process", () => get("/health/live"), 200],
  ["a script", () => get("/assets/page-AbC123.js"), 200],
  ["a script that is not there", () => get("/assets/old.js"), 404],
  ["a font", () => get("/fonts/sans-400.5.3.0.woff2"), 200],
  ["a part of a font", () => get("/fonts/sans-400.5.3.0.woff2", { range: "bytes=0-0" }), 206],
  ["a schema", () => get("/schemas/W-18g-1.0.0.schema.json"), 200],
  ["the receipt keys", () => get("/.well-known/receipt-keys.json"), 200],
  ["the colours of an authority", () => get("/brand/potsdam.css"), 200],
  ["the colours of nobody", () => get("/brand/nobody.css"), 404],
  ["a body that is too large", tooLarge, 413],
];

test.each(everything)("%s has every security header", async (_what, ask, status) => {
  const response = await ask();
  expect(response.status).toBe(status);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-security-policy": expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "cache-control": expect.any(String),
  });
});

test("only pages may run scripts, each with a nonce of its own", async () => {
  const nonces: string[] = [];
  for (const path of ["/page", "/page", "/health", "/schemas/W-18g-1.0.0.schema.json"]) {
    const response = await get(path);
    const [, nonce] = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "") ?? [];
    if (nonce) expect(await response.text()).toBe(`<p>${nonce}</p>`);
    nonces.push(nonce ?? "none");
  }
  expect(nonces.slice(2)).toEqual(["none", "none"]);
  expect(new Set(nonces).size).toBe(3);
});

test.each([
  ["/assets/page-AbC123.js", YEAR],
  ["/fonts/sans-400.5.3.0.woff2", YEAR],
  ["/schemas/W-18g-1.0.0.schema.json", HOUR],
  ["/favicon.svg", HOUR],
  ["/brand/potsdam.css", HOUR],
  ["/.well-known/receipt-keys.json", HOUR],
  ["/assets/old.js", "no-store"],
  ["/brand/nobody.css", "no-store"],
  ["/health", "no-store"],
  ["/page", "no-store"],
])("%s is kept by browsers as %s", async (path, cache) => {
  expect((await get(path)).headers.get("cache-control")).toBe(cache);
});

test("a file goes out compressed with the same headers", async () => {
  const response = await get("/assets/page-AbC123.js", { "accept-encoding": "br" });
  expect(response.headers.get("content-encoding")).toBe("br");
  expect(response.headers.get("cache-control")).toBe(YEAR);
  await response.body?.cancel();
});

test("plain http, as in the demo, promises no https", async () => {
  const demo = createHttp(opened.app, buildOf(), () => false, { files: folder }).listen(0, "127.0.0.1");
  await once(demo, "listening");
  const response = await fetch(`http://127.0.0.1:${(demo.address() as AddressInfo).port}/page`);
  expect(response.headers.get("strict-transport-security")).toBeNull();
  demo.closeAllConnections();
  demo.close();
});

test("trying codes is refused after 30 attempts of one address with the time to wait, and of no other", async () => {
  const statuses: number[] = [];
  for (let count = 0; count < 30; count += 1) statuses.push((await tryCode("198.51.100.9, 203.0.113.7")).status);
  expect(new Set(statuses)).toEqual(new Set([200]));
  const refused = await tryCode("192.0.2.1, 203.0.113.7");
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("600");
  expect((await tryCode("203.0.113.8")).status).toBe(200);
});

const triesAtCentre = async (headers: Record<string, string>) => (await tryCode("203.0.113.9", headers)).status;

test("what happens in a helped sitting counts for the sitting, not for the address of the whole centre", async () => {
  const app = { ...opened.app, env: { ...opened.app.env, publicUrl: "https://aufenthalt.example" } };
  const inSitting = (helped: number) => ({
    cookie: sessionCookie(app, new Uint8Array(16), 0, helped).split(";")[0] ?? "",
  });
  for (let count = 0; count < 30; count += 1) await triesAtCentre({});
  expect([await triesAtCentre({}), await triesAtCentre(inSitting(1))]).toEqual([429, 200]);
  for (let count = 1; count < 30; count += 1) await triesAtCentre(inSitting(1));
  expect([await triesAtCentre(inSitting(1)), await triesAtCentre(inSitting(2))]).toEqual([429, 200]);
});

test("uploads have 15 minutes, headers half a minute, and connections outlive those of proxies", () => {
  const { requestTimeout, headersTimeout, keepAliveTimeout } = server;
  expect({ requestTimeout, headersTimeout, keepAliveTimeout }).toEqual({
    requestTimeout: 900_000,
    headersTimeout: 30_000,
    keepAliveTimeout: 65_000,
  });
});
