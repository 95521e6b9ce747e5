import { expect, test } from "vitest";
import { checkConfig, parseOptions, type FitConnectConfig } from "./config.server.ts";

const at = (host: string, change: Partial<FitConnectConfig> = {}): FitConnectConfig => ({
  tokenUrl: `${host}/token`,
  submissionUrl: `${host}/submission-api`,
  destinationUrl: `${host}/destination-api`,
  issuer: `${host}/submission-api`,
  clientId: "id",
  clientSecret: "secret",
  allowKeyWithoutCertificate: true,
  trust: { roots: ["PEM"], revocation: "required", privateHosts: [] },
  userAgent: "Aufenthalt-Online/1.0",
  author: { name: "Amt", product: { name: "Aufenthalt Online", version: "1.0", manufacturer: "Amt" } },
  timeoutMs: 1000,
  ...change,
});
const misconfigured = expect.objectContaining({ code: "misconfigured", retryable: false });

test.each(["https://test.fit-connect.fitko.dev", "http://127.0.0.1:3001", "http://localhost:3001"])(
  "keys without a certificate are allowed at %s",
  (host) => expect(() => checkConfig(at(host))).not.toThrow(),
);

test.each([
  "https://prod.fit-connect.fitko.net",
  "https://stage.fit-connect.fitko.net",
  "https://PROD.fit-connect.fitko.net.",
  "https://prod.fit-connect.fitko.dev",
  "https://submission-api-prod.fit-connect.niedersachsen.de",
])("keys without a certificate are refused at %s", (host) => {
  expect(() => checkConfig(at(host))).toThrow(misconfigured);
  expect(() => checkConfig(at(host, { allowKeyWithoutCertificate: false }))).not.toThrow();
});

test("a real environment needs pinned roots, the simulator does not", () => {
  const none: FitConnectConfig["trust"] = { roots: [], revocation: "required", privateHosts: [] };
  const change = { allowKeyWithoutCertificate: false, trust: none };
  expect(() => checkConfig(at("https://prod.fit-connect.fitko.net", change))).toThrow(misconfigured);
  expect(() => checkConfig(at("http://127.0.0.1:3001", change))).not.toThrow();
});

test.each(["http://zustelldienst.example", "ftp://127.0.0.1", "no address"])("%s is no safe address", (host) => {
  expect(() => checkConfig(at(host))).toThrow(misconfigured);
});

test("a single real address among test addresses is enough to refuse keys without a certificate", () => {
  const tokenUrl = "https://auth-prod.fit-connect.fitko.net/token";
  expect(() => checkConfig(at("http://127.0.0.1:3001", { tokenUrl }))).toThrow(misconfigured);
});

test.each(["", " ", "Über/1.0", "A\r\nB"])("%j is no user agent", (userAgent) => {
  expect(() => checkConfig(at("http://127.0.0.1:1", { userAgent }))).toThrow(misconfigured);
});

test("an authority's options are its destination and maybe a schema; the rest of its file is not ours", () => {
  const destinationId = "f76774a7-5584-481e-9fd6-275fab9e4ce8";
  const section = { kind: "fit-connect", destinationId: destinationId.toUpperCase() };
  expect(parseOptions(section)).toEqual({ destinationId });
  const bad = [{}, { destinationId: "x" }, null];
  for (const value of bad) expect(() => parseOptions(value)).toThrow(misconfigured);
});

test("an authority names its destination or has it looked up, never both", () => {
  const destinationId = "f76774a7-5584-481e-9fd6-275fab9e4ce8";
  const looked = parseOptions({ kind: "fit-connect", routing: true, schemaUri: "urn:x" });
  expect(looked).toEqual({ routing: true, schemaUri: "urn:x" });
  expect(parseOptions(looked)).toEqual(looked);
  for (const value of [{ routing: true, destinationId }, { routing: false }, { routing: false, destinationId }])
    expect(() => parseOptions(value)).toThrow(misconfigured);
});

test("the Routing API and the portal are held to the same rules as the other addresses", () => {
  const issuers = ["https://portal.example"];
  const routing = { url: "https://routing.example", issuers };
  const own = "http://127.0.0.1:3001";
  expect(() => checkConfig(at(own, { routing }))).not.toThrow();
  const unsafe = [
    { ...routing, url: "http://routing.example" },
    { ...routing, issuers: ["http://portal.example"] },
    { ...routing, jwksUrl: "http://portal.example/keys" },
    { ...routing, issuers: [] },
    { ...routing, url: "https://routing-api-prod.fit-connect.fitko.net" },
  ];
  for (const wrong of unsafe) expect(() => checkConfig(at(own, { routing: wrong }))).toThrow(misconfigured);
});
