import { mkdtempSync, rmSync, statSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { identityKeys } from "./keys.ts";
import { startIdentity, type Identity } from "./server.ts";

const SERVICE = "http://127.0.0.1:1";
let folder = "";
let identity: Identity;

const environment = (more: Record<string, string> = {}) => ({
  PORT: "0",
  DATA_DIR: folder,
  CLIENT_ID: "demo",
  CLIENT_SECRET: "a-secret",
  REDIRECT_URIS: `${SERVICE}/staff/callback`,
  LOGOUT_URIS: `${SERVICE}/staff/logout`,
  ...more,
});

function configOf(more: Record<string, string> = {}) {
  const read = readConfig(environment(more));
  return read.ok ? read.config : expect.fail(read.message);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "identity-"));
  identity = await startIdentity(configOf());
});
afterAll(async () => {
  await identity.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, init: RequestInit = {}) => fetch(`${identity.url}${path}`, { redirect: "manual", ...init });

/** Asks under another name of this machine, as a page of somebody else's would after DNS rebinding. */
function asHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(identity.url);
    request({ host: "127.0.0.1", port, path: "/.well-known/openid-configuration", headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

test("it is reachable under names of this computer only", async () => {
  expect(await asHost("localhost:3003")).toBe(200);
  expect(await asHost("evil.example")).toBe(403);
  expect(readConfig(environment({ HOST: "0.0.0.0" }))).toMatchObject({
    ok: false,
    message: expect.stringMatching(/^HOST/),
  });
  expect(readConfig(environment({ REDIRECT_URIS: "https://evil.example/x" }))).toMatchObject({ ok: false });
});

test("all its pages forbid scripts and say DEMO", async () => {
  for (const path of ["/", "/interaction/abc", "/auth", "/session/end", "/session/end/success", "/nothing"]) {
    const answer = await get(path);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect([path, policy]).toEqual([path, expect.stringMatching(/^default-src 'none'; style-src 'self'; form-action/)]);
    const text = await answer.text();
    expect(text).not.toMatch(/<script/i);
    if (answer.headers.get("content-type")?.startsWith("text/html")) expect(text).toContain("DEMO");
  }
});

/** Status of an answer to a login, and the error that it leads back with. */
const answerTo = async (query: Record<string, string>) => {
  const answer = await get(`/auth?${new URLSearchParams(query).toString()}`);
  return [answer.status, new URL(answer.headers.get("location") ?? "x:", identity.url).searchParams.get("error")];
};

test("without PKCE, for another client or for another address nobody is logged in", async () => {
  const asked = {
    client_id: "demo",
    response_type: "code",
    scope: "openid",
    redirect_uri: `${SERVICE}/staff/callback`,
  };
  expect(await answerTo(asked)).toEqual([303, "invalid_request"]);
  expect((await answerTo({ ...asked, client_id: "other" }))[0]).toBe(400);
  expect((await answerTo({ ...asked, redirect_uri: "http://127.0.0.1:2/" }))[0]).toBe(400);
});

test("a choice counts only in the browser that began, and from its own page", async () => {
  const challenge = "a".repeat(43);
  const query = { client_id: "demo", response_type: "code", scope: "openid", code_challenge: challenge };
  const more = { redirect_uri: `${SERVICE}/staff/callback`, code_challenge_method: "S256" };
  const start = await get(`/auth?${new URLSearchParams({ ...query, ...more }).toString()}`);
  const cookie = start.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const path = start.headers.get("location") ?? "";
  const choose = (headers: Record<string, string>, person = "betrieb") =>
    get(path, { method: "POST", headers, body: new URLSearchParams({ person }) });
  expect((await get(path)).status).toBe(400);
  expect((await choose({ origin: identity.url })).status).toBe(400);
  expect((await choose({ cookie, origin: "http://evil.example" })).status).toBe(403);
  expect((await choose({ cookie, origin: identity.url }, "somebody")).status).toBe(422);
  expect((await choose({ cookie, origin: identity.url })).status).toBe(303);
});

test("its keys survive a restart and are its owner's alone", () => {
  expect(identityKeys(folder)).toEqual(identityKeys(folder));
  expect(statSync(join(folder, "identity-keys.json")).mode & 0o777).toBe(0o600);
});
