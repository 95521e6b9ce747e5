import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { EnvError, parseEnv } from "#app/env.server.ts";
import { variables } from "#app/env/variables.server.ts";

const production = {
  MODE: "production",
  HOST: "0.0.0.0",
  PUBLIC_URL: "https://aufenthalt.brandenburg.example",
  CONFIG_ENV: "live",
  DATABASE_URL: "postgresql://service:geheim@db/aufenthalt",
  FITCONNECT_TOKEN_URL: "https://auth.delivery.example/token",
  FITCONNECT_SUBMISSION_URL: "https://delivery.example/submission-api/",
  FITCONNECT_DESTINATION_URL: "https://delivery.example/destination-api",
  FITCONNECT_ISSUER: "https://delivery.example/submission-api",
  FITCONNECT_CLIENT_ID: "client-7",
  FITCONNECT_CLIENT_SECRET: "pst-geheim",
  FITCONNECT_ROOTS: "/etc/service/roots.pem",
  SMTP_URL: "smtps://service:geheim@mail.example:465",
  MAIL_FROM: "Aufenthalt Online <post@aufenthalt.example>",
};

function problems(source: Record<string, string | undefined>): readonly string[] {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  throw new Error("the environment was accepted");
}

test("without any variable the demo runs on loopback with an absolute data folder", () => {
  expect(parseEnv({}, "/srv/service")).toEqual({
    mode: "demo",
    port: 3000,
    host: "127.0.0.1",
    publicUrl: "http://127.0.0.1:3000",
    configEnv: "demo",
    dataDir: "/srv/service/.data",
    keysDir: "/srv/service/.data/keys",
    databaseUrl: undefined,
    clock: undefined,
    logLevel: "info",
    trustedProxyHops: 0,
    images: { size: 2, memoryMb: 768, timeoutMs: 30_000 },
    fitConnect: undefined,
    gateways: undefined,
    staff: undefined,
    mail: undefined,
    worker: true,
  });
});

test("an empty variable counts as not set", () => {
  expect(parseEnv({ PORT: "", CLOCK: "  " })).toMatchObject({ port: 3000, clock: undefined });
});

test("keys lie in the data folder, or where KEYS_DIR says", () => {
  expect(parseEnv({ DATA_DIR: "/var/lib/service" }).keysDir).toBe("/var/lib/service/keys");
  expect(parseEnv({ DATA_DIR: "/var/lib/service", KEYS_DIR: "/run/keys" }).keysDir).toBe("/run/keys");
  expect(parseEnv({ KEYS_DIR: "own/keys" }, "/srv/service").keysDir).toBe("/srv/service/own/keys");
});

test("the public address follows host and port, with brackets around IPv6", () => {
  expect(parseEnv({ PORT: "4100" }).publicUrl).toBe("http://127.0.0.1:4100");
  expect(parseEnv({ HOST: "::1" }).publicUrl).toBe("http://[::1]:3000");
});

test("the demo accepts a fixed clock, simulators and turning the worker off", () => {
  const simulator = {
    FITCONNECT_TOKEN_URL: "http://127.0.0.1:4010/token",
    FITCONNECT_SUBMISSION_URL: "http://127.0.0.1:4010/submission-api",
    FITCONNECT_DESTINATION_URL: "http://127.0.0.1:4010/destination-api",
    FITCONNECT_ISSUER: "http://127.0.0.1:4010/submission-api",
    FITCONNECT_CLIENT_ID: "client",
    FITCONNECT_CLIENT_SECRET: "secret",
    FITCONNECT_ALLOW_KEY_WITHOUT_CERT: "yes",
  };
  const env = parseEnv({ ...simulator, CLOCK: "2026-11-21", WORKER: "off" });
  expect(env).toMatchObject({ clock: "2026-11-21", worker: false });
  expect(env.fitConnect).toMatchObject({ tokenUrl: "http://127.0.0.1:4010/token", allowKeyWithoutCert: true });
});

describe("the demo", () => {
  test.each(["0.0.0.0", "::", "192.168.1.20", "aufenthalt.example"])("refuses to listen on %s", (HOST) => {
    expect(problems({ HOST, PUBLIC_URL: "http://127.0.0.1:3000" })).toEqual([
      expect.stringMatching(/^HOST=.* MODE=production/),
    ]);
  });

  test.each(["https://127.0.0.1", "https://aufenthalt.example", "http://aufenthalt.example"])(
    "refuses the public address %s",
    (PUBLIC_URL) => {
      expect(problems({ PUBLIC_URL })).toEqual([expect.stringMatching(/^PUBLIC_URL=.* MODE=production/)]);
    },
  );

  test("refuses half of the variables for FIT-Connect", () => {
    const found = problems({ FITCONNECT_CLIENT_ID: "client" });
    expect(found).toHaveLength(5);
    expect(found[0]).toBe("FITCONNECT_TOKEN_URL is missing. The variables of FIT-Connect work only together.");
  });
});

describe("production", () => {
  test("runs with everything set and takes the slash off addresses", () => {
    const env = parseEnv(production);
    expect(env).toMatchObject({ mode: "production", host: "0.0.0.0", configEnv: "live" });
    expect(env.fitConnect?.submissionUrl).toBe("https://delivery.example/submission-api");
  });

  test.each(Object.keys(production).filter((name) => !["MODE", "HOST"].includes(name)))(
    "refuses a missing %s",
    (name) => {
      expect(problems({ ...production, [name]: undefined }).join("\n")).toContain(name);
    },
  );

  test("runs without FIT-Connect where gateways are named, but not with half of it", () => {
    const names = Object.keys(production).filter((name) => name.startsWith("FITCONNECT_"));
    const drop = { ...production, ...Object.fromEntries(names.map((name) => [name, undefined])) };
    expect(problems(drop)).toEqual([expect.stringMatching(/FITCONNECT_TOKEN_URL.*FITCONNECT_ROOTS.*GATEWAYS too/)]);
    const env = parseEnv({ ...drop, GATEWAYS: "gateways.yaml" }, "/srv/service");
    expect(env).toMatchObject({ fitConnect: undefined, gateways: "/srv/service/gateways.yaml" });
    const half = problems({ ...production, FITCONNECT_CLIENT_SECRET: undefined, GATEWAYS: "gateways.yaml" });
    expect(half).toEqual(["FITCONNECT_CLIENT_SECRET is missing. The variables of FIT-Connect work only together."]);
  });

  test.each([
    ["CLOCK", "2026-11-21"],
    ["CONFIG_ENV", "demo"],
    ["PUBLIC_URL", "http://aufenthalt.brandenburg.example"],
    ["PUBLIC_URL", "https://localhost"],
    ["FITCONNECT_TOKEN_URL", "http://127.0.0.1:4010/token"],
    ["FITCONNECT_SUBMISSION_URL", "https://[::1]:4010/submission-api"],
    ["FITCONNECT_DESTINATION_URL", "http://delivery.example/destination-api"],
    ["FITCONNECT_ISSUER", "http://localhost:4010"],
    ["FITCONNECT_ALLOW_KEY_WITHOUT_CERT", "yes"],
  ])("refuses %s=%s", (name, value) => {
    const found = problems({ ...production, [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(name);
  });
});

test.each([
  ["PORT", "0"],
  ["PORT", "70000"],
  ["PORT", "3000a"],
  ["MODE", "live"],
  ["CLOCK", "2026-02-30"],
  ["PUBLIC_URL", "127.0.0.1:3000"],
  ["PUBLIC_URL", "http://127.0.0.1:3000/de"],
  ["CONFIG_ENV", "../secrets"],
  ["DATABASE_URL", "mysql://db"],
  ["TRUSTED_PROXY", "yes"],
  ["WORKER", "true"],
  ["LOG_LEVEL", "loud"],
  ["FITCONNECT_TOKEN_URL", "ftp://delivery.example"],
  ["FITCONNECT_REVOCATION", "never"],
  ["FITCONNECT_REVOCATION_HOSTS", "https://ocsp.example"],
  ["STAFF_ISSUER", "login.example"],
  ["SMTP_URL", "mail.example:25"],
  ["SMTP_URL", "https://mail.example"],
  ["MAIL_FROM", "Aufenthalt Online"],
  ["MAIL_FROM", "Aufenthalt\n <post@mail.example>"],
])("%s=%s is refused by name", (name, value) => {
  expect(problems({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} must `))]);
});

test("mails go to a server by its address, from an address with or without a name; the demo may do without both", () => {
  expect(parseEnv(production).mail).toEqual({
    smtpUrl: "smtps://service:geheim@mail.example:465",
    from: { name: "Aufenthalt Online", address: "post@aufenthalt.example" },
  });
  const plain = { SMTP_URL: "smtp://127.0.0.1:2525", MAIL_FROM: "post@aufenthalt.example" };
  expect(parseEnv(plain).mail?.from).toEqual({ name: "", address: "post@aufenthalt.example" });
  expect(parseEnv({ SMTP_URL: "smtp://127.0.0.1:2525" }).mail?.from.address).toBe("aufenthalt-online@example.org");
});

describe("the staff login", () => {
  const login = {
    STAFF_ISSUER: "https://login.example/realms/staff",
    STAFF_CLIENT_ID: "aufenthalt",
    STAFF_CLIENT_SECRET: "st-geheim",
  };

  test("is off without its variables and on with all of them, the issuer as it was written", () => {
    expect(parseEnv(production).staff).toBeUndefined();
    expect(parseEnv({ ...production, ...login }).staff).toEqual({
      issuer: "https://login.example/realms/staff",
      clientId: "aufenthalt",
      clientSecret: "st-geheim",
    });
  });

  test.each(Object.keys(login))("refuses a missing %s, in the demo too", (name) => {
    for (const source of [production, {}]) {
      const found = problems({ ...source, ...login, [name]: undefined });
      expect(found).toEqual([`${name} is missing. The variables of the staff login work only together.`]);
    }
  });

  test("takes a simulator on this machine in the demo only, and plain http nowhere else", () => {
    const here = { ...login, STAFF_ISSUER: "http://127.0.0.1:3003" };
    expect(parseEnv(here).staff?.issuer).toBe("http://127.0.0.1:3003");
    expect(problems({ ...production, ...here })).toEqual([expect.stringContaining("STAFF_ISSUER names this machine")]);
    const open = { ...login, STAFF_ISSUER: "http://login.example" };
    for (const source of [production, {}]) {
      expect(problems({ ...source, ...open })).toEqual([expect.stringMatching(/^STAFF_ISSUER must begin with https/)]);
    }
  });

  test("tells a misspelt variable", () => {
    expect(problems({ ...login, STAFF_ISSUR: "x" })[0]).toBe('STAFF_ISSUR is unknown. Did you mean "STAFF_ISSUER"?');
  });
});

test("pinned roots, revocation and its hosts in private networks are read; in the demo any host may be private", () => {
  const given = { ...production, FITCONNECT_REVOCATION_HOSTS: "OCSP.intern, 10.1.2.3" };
  expect(parseEnv(given).fitConnect).toMatchObject({
    roots: "/etc/service/roots.pem",
    revocation: "required",
    revocationHosts: ["ocsp.intern", "10.1.2.3"],
  });
  const { SMTP_URL: _smtp, MAIL_FROM: _from, ...rest } = production;
  const demo = { ...rest, MODE: "demo", HOST: undefined, PUBLIC_URL: undefined, FITCONNECT_ROOTS: "roots" };
  expect(parseEnv({ ...demo, FITCONNECT_REVOCATION: "preferred" }, "/srv/service").fitConnect).toMatchObject({
    roots: "/srv/service/roots",
    revocation: "preferred",
    revocationHosts: "any",
  });
  expect(problems({ ...demo, FITCONNECT_ROOTS: undefined })).toEqual([
    "FITCONNECT_ROOTS is missing. Name the file with the root certificates that authorities' keys go back to.",
  ]);
});

test("a misspelt variable for FIT-Connect is told instead of being passed over", () => {
  expect(problems({ ...production, FITCONNECT_TOKENURL: "https://x.example" })).toEqual([
    'FITCONNECT_TOKENURL is unknown. Did you mean "FITCONNECT_TOKEN_URL"?',
  ]);
});

test("all problems are told at once and no secret is among the words", () => {
  const source = { ...production, CLOCK: "2026-11-21", DATABASE_URL: "mysql://u:hochgeheim@db", PORT: "x" };
  expect(problems(source)).toHaveLength(2);
  const later = { ...production, CLOCK: "2026-11-21", FITCONNECT_CLIENT_ID: undefined };
  expect(problems(later)).toHaveLength(2);
  for (const text of [...problems(source), ...problems(later)]) expect(text).not.toMatch(/geheim/);
});

describe("looking destinations up", () => {
  const routing = {
    FITCONNECT_ROUTING_URL: "https://routing.delivery.example/",
    FITCONNECT_PORTAL_URL: "https://portal.delivery.example",
  };

  test("is possible with both addresses and not needed", () => {
    expect(parseEnv(production).fitConnect?.routing).toBeUndefined();
    expect(parseEnv({ ...production, ...routing }).fitConnect?.routing).toEqual({
      url: "https://routing.delivery.example",
      portal: "https://portal.delivery.example",
    });
  });

  test.each(Object.keys(routing))("refuses a missing %s", (name) => {
    expect(problems({ ...production, ...routing, [name]: undefined })).toEqual([
      `${name} is missing. The variables of routing work only together.`,
    ]);
  });

  test("is refused without FIT-Connect", () => {
    expect(problems(routing)).toEqual([expect.stringContaining("the other FITCONNECT_… are missing")]);
  });

  test.each([
    ["FITCONNECT_ROUTING_URL", "http://routing.delivery.example"],
    ["FITCONNECT_PORTAL_URL", "https://127.0.0.1:4010/self-service-portal"],
  ])("refuses %s=%s in production", (name, value) => {
    expect(problems({ ...production, ...routing, [name]: value })).toEqual([expect.stringContaining(name)]);
  });
});

test("docs/operation.md has every variable with its default and no variable that does not exist", () => {
  const text = readFileSync("docs/operation.md", "utf8");
  const rows = [...text.matchAll(/^\| `([A-Z][A-Z_]+)` +\| (?:`([^`]*)`|[^|]*) *\|/gm)];
  expect(rows.map(([, name]) => name)).toEqual(Object.keys(variables.shape));
  const defaults: Record<string, unknown> = variables.parse({});
  for (const [, name = "", shown] of rows) {
    const value = defaults[name];
    expect(`${name} ${shown}`).toBe(`${name} ${value === undefined ? undefined : String(value)}`);
  }
});
