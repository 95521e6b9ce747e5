import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { startIdentity, type Identity } from "#app/demo/identity/server.ts";
import { beginLogin, finishLogin, providerLogout, staffServiceOf, type LoginStep } from "#app/staff/login.server.ts";
import { cookiesOf, locationOf, SERVICE, staffTestApp, visitOf, type StaffTestApp } from "#app/staff/login.testing.ts";
import { requireStaff } from "#app/staff/require.server.ts";
import { readStaffSession } from "#app/staff/session.server.ts";
import { plainBrowser } from "#tests/support/plainBrowser.ts";

let made: StaffTestApp;
let identity: Identity;
let app: App;

beforeAll(async () => {
  made = await staffTestApp();
  const access = { clientId: "demo-staff", clientSecret: "a-secret-of-the-test" };
  const uris = { redirectUris: [`${SERVICE}/staff/callback`], logoutUris: [`${SERVICE}/staff/logout`] };
  identity = await startIdentity({ port: 0, host: "127.0.0.1", dataDir: made.folder, ...access, ...uris });
  app = { ...made.app, env: { ...made.app.env, staff: { issuer: identity.url, ...access } } };
});
beforeEach(() => {
  made.clock.now = Date.now();
});
afterAll(async () => {
  await identity.close();
  made.remove();
});

const serviceOf = (of: App) => staffServiceOf(of) ?? expect.fail("no login service");

function begun(step: LoginStep) {
  if (!step.ok) throw new Error(`the login did not begin: ${step.code}`);
  return { to: step.to, cookies: cookiesOf(step.cookies) };
}

/** Goes to the login service, chooses somebody there and stops before coming back; answers the query to come back with. */
async function chooseAt(to: string, person: string): Promise<string> {
  const browser = plainBrowser(identity.url);
  const choice = await browser.open(to);
  const body = new URLSearchParams({ person });
  let answer = await browser.send(choice.url.href, { method: "POST", body });
  for (;;) {
    const next = new URL(answer.headers.get("location") ?? expect.fail("no way back"), identity.url);
    if (next.origin === SERVICE) return next.search;
    answer = await browser.send(next.href);
  }
}

async function loginAs(person: string) {
  const start = begun(await beginLogin(app, serviceOf(app), "/operator/messages"));
  const search = await chooseAt(start.to, person);
  return { ...start, search, finish: () => finishLogin(app, serviceOf(app), start.cookies, search) };
}

const subjectOf = async (person: string) => {
  const step = begun(await (await loginAs(person)).finish());
  return requireStaff({ app, staff: visitOf(app, step.cookies) }, "clerk", "operator").staff.subject;
};

/** Where a login leads that no page led to. */
async function homeAfterLogin(person: string): Promise<string> {
  const { to, cookies } = begun(await beginLogin(app, serviceOf(app), undefined));
  return begun(await finishLogin(app, serviceOf(app), cookies, await chooseAt(to, person))).to;
}

describe("a login", () => {
  test("leads back to where it began, with a session that names nobody", async () => {
    const { finish } = await loginAs("potsdam-sachbearbeitung");
    const step = begun(await finish());
    expect(step.to).toBe("/operator/messages");
    expect([...step.cookies.keys()]).toEqual(["staff"]);
    const { staff, role } = requireStaff({ app, staff: visitOf(app, step.cookies) }, "lead", "clerk");
    expect(role).toBe("clerk");
    expect(staff.roles).toEqual([{ role: "clerk", authorities: ["potsdam"] }]);
    expect(staff.subject).toMatch(/^[\w-]{22}$/);
    const session = readStaffSession(app, step.cookies);
    expect(JSON.stringify(session)).not.toMatch(/Kim|Muster|potsdam-sachbearbeitung"?,"sub/);
    expect(made.logged).toEqual([]);
  });

  test("gives the same person the same name in the audit, and another person another", async () => {
    const kim = await subjectOf("potsdam-sachbearbeitung");
    expect(await subjectOf("potsdam-sachbearbeitung")).toBe(kim);
    expect(await subjectOf("betrieb")).not.toBe(kim);
  });

  test("without a group that has a rule ends at the page that says so", async () => {
    const step = begun(await (await loginAs("ohne-rolle")).finish());
    expect(step.to).toBe("/staff/denied");
    const denied = () => requireStaff({ app, staff: visitOf(app, step.cookies) }, "clerk", "operator");
    expect(locationOf(denied)).toBe("/staff/denied");
  });

  test("that no page led to ends at the first page of the person, if there is one", async () => {
    expect(await homeAfterLogin("beratung")).toBe("/helper");
    expect(await homeAfterLogin("betrieb")).toBe("/operator");
    expect(await homeAfterLogin("potsdam-sachbearbeitung")).toBe("/staff/denied");
  });

  test("asks for PKCE, state and nonce and for nothing personal", async () => {
    const { to } = begun(await beginLogin(app, serviceOf(app), undefined));
    const query = new URL(to).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: "code",
      scope: "openid",
      code_challenge_method: "S256",
      redirect_uri: `${SERVICE}/staff/callback`,
    });
    for (const name of ["state", "nonce", "code_challenge"]) expect(query.get(name)).toMatch(/^[\w-]{43}$/);
  });

  test("can be ended at the login service too, without a token in the address", async () => {
    const url = (await providerLogout(app, serviceOf(app))) ?? expect.fail("not offered");
    expect(url.origin).toBe(identity.url);
    expect([...url.searchParams.keys()].toSorted()).toEqual(["client_id", "post_logout_redirect_uri"]);
  });
});

async function refusalOf(step: Promise<LoginStep>) {
  const found = await step;
  if (found.ok) return expect.fail("somebody was logged in");
  // No session among the cookies, and the login that had begun is over.
  expect(found.cookies.filter((line) => !line.startsWith("staff-login=; Max-Age=0"))).toEqual([]);
  expect(made.logged.at(-1)).toEqual({ code: found.code });
  return found.code;
}

describe("what is refused, by code and with nothing in the log but the code", () => {
  test("an answer that is used twice", async () => {
    const { finish, cookies, search } = await loginAs("potsdam-sachbearbeitung");
    const first = begun(await finish());
    const again = cookiesOf([], first.cookies);
    expect(await refusalOf(finishLogin(app, serviceOf(app), again, search))).toBe("notStarted");
    // Even with the cookie of the login that had begun, kept by somebody: the code is used up.
    expect(await refusalOf(finishLogin(app, serviceOf(app), cookies, search))).toBe("refused");
  });

  test("an answer in a browser that began no login, or another one", async () => {
    const { search } = await loginAs("potsdam-sachbearbeitung");
    expect(await refusalOf(finishLogin(app, serviceOf(app), new Map(), search))).toBe("notStarted");
    const other = begun(await beginLogin(app, serviceOf(app), undefined));
    expect(await refusalOf(finishLogin(app, serviceOf(app), other.cookies, search))).toBe("wrongState");
  });

  test("an answer of another login service", async () => {
    const { cookies, search } = await loginAs("potsdam-sachbearbeitung");
    const query = new URLSearchParams(search);
    query.set("iss", "https://login.example");
    expect(await refusalOf(finishLogin(app, serviceOf(app), cookies, `?${query.toString()}`))).toBe("foreignIssuer");
  });

  test("a login that was broken off, or that the login service did not want", async () => {
    for (const [error, code] of [
      ["access_denied", "cancelled"],
      ["invalid_scope", "refused"],
    ] as const) {
      const { to, cookies } = begun(await beginLogin(app, serviceOf(app), undefined));
      const query = new URLSearchParams({
        error,
        state: new URL(to).searchParams.get("state") ?? "",
        iss: identity.url,
      });
      expect(await refusalOf(finishLogin(app, serviceOf(app), cookies, `?${query.toString()}`))).toBe(code);
    }
  });

  test("a login that took longer than ten minutes", async () => {
    const { finish } = await loginAs("potsdam-sachbearbeitung");
    made.clock.now += 10 * 60_000 + 1;
    expect(await refusalOf(finish())).toBe("notStarted");
  });

  test("a login at a service that does not answer", async () => {
    const gone = { ...app, env: { ...app.env, staff: { issuer: SERVICE, clientId: "x", clientSecret: "y" } } };
    expect(await refusalOf(beginLogin(gone, serviceOf(gone), undefined))).toBe("unreachable");
  });
});

describe("a login service that answers something else", () => {
  let server: Server;
  let issuer = "";
  let nonce = "";
  let changed: JWTPayload = {};
  let signs: "own" | "foreign" = "own";
  let mine: App;

  beforeAll(async () => {
    const [own, foreign] = await Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);
    const jwk = { ...(await exportJWK(own.publicKey)), kid: "k1", alg: "RS256", use: "sig" };
    const tokens = async () => {
      const seconds = Math.floor(Date.now() / 1000);
      const claims = { iss: issuer, aud: "client", sub: "p", iat: seconds, exp: seconds + 60, nonce, groups: [] };
      const key = signs === "own" ? own.privateKey : foreign.privateKey;
      const token = new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: "RS256", kid: "k1" });
      return { access_token: "a", token_type: "bearer", id_token: await token.sign(key) };
    };
    server = createServer((request, response) => {
      const ends = {
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
      };
      const answers: Record<string, () => unknown> = {
        "/.well-known/openid-configuration": () => ({ issuer, ...ends, response_types_supported: ["code"] }),
        "/jwks": () => ({ keys: [jwk] }),
        "/token": tokens,
      };
      void Promise.resolve(answers[request.url ?? ""]?.()).then((body) => {
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    mine = { ...app, env: { ...app.env, staff: { issuer, clientId: "client", clientSecret: "s" } } };
  });
  beforeEach(() => {
    changed = {};
    signs = "own";
  });
  afterAll(() => server.close());

  async function answered(): Promise<LoginStep> {
    const { to, cookies } = begun(await beginLogin(mine, serviceOf(mine), undefined));
    const { searchParams } = new URL(to);
    nonce = searchParams.get("nonce") ?? "";
    const search = `?${new URLSearchParams({ code: "c", state: searchParams.get("state") ?? "" }).toString()}`;
    return finishLogin(mine, serviceOf(mine), cookies, search);
  }

  test("is believed when everything fits, so that the others fail for their own reason", async () => {
    expect(await answered()).toMatchObject({ ok: true, to: "/staff/denied" });
  });

  test.each<[string, JWTPayload, string]>([
    ["of another issuer", { iss: "https://login.example" }, "foreignIssuer"],
    ["for another service", { aud: "somebody-else" }, "invalid"],
    ["of another login", { nonce: "another" }, "invalid"],
    ["that is expired", { exp: Math.floor(Date.now() / 1000) - 60 }, "expired"],
  ])("a token %s is refused", async (_what, change, code) => {
    changed = change;
    expect(await refusalOf(answered())).toBe(code);
  });

  test("a token that somebody else signed is refused", async () => {
    signs = "foreign";
    expect(await refusalOf(answered())).toBe("invalid");
  });
});
