import { expect, test } from "vitest";
import { ConfigError } from "#app/config/errors.ts";
import { deployed } from "#app/config/deployed.ts";
import { loadConfig } from "#app/config/load.server.ts";
import { transport } from "#app/config/transport.ts";

const destinationId = "94c5d2e8-0b7f-4a36-8e19-d3f6a1b58061";
const kind = "fit-connect";

/** Where and what is wrong with a transport as a file would state it. */
const problemsOf = (value: object) =>
  transport.safeParse(value).error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? [];

const load = (routing: boolean) =>
  loadConfig({ root: process.cwd(), environment: "demo", mode: "demo", known: { ...deployed, routing } });

test.each([
  { kind, destinationId, format: "json" },
  { kind, routing: true, format: "json" },
  { kind, routing: true, format: "xauslaender-26.11", authorityKey: "azr:120600" },
  { kind: "none" },
])("%j is a transport", (value) => {
  expect(transport.parse(value)).toEqual(value);
});

test("what says nothing of its format is json; XAusländer needs the key of its reader, json has no use for one", () => {
  expect(transport.parse({ kind, destinationId })).toEqual({ kind, destinationId, format: "json" });
  const xml = { kind, destinationId, format: "xauslaender-26.11" };
  expect(problemsOf(xml)).toEqual(["authorityKey is missing"]);
  expect(problemsOf({ ...xml, authorityKey: "120600" })).toEqual(['authorityKey is not of the form "azr:123456"']);
  const named = { kind, destinationId, authorityKey: "azr:120600" };
  expect(problemsOf(named)).toEqual(["authorityKey is of no use with format json"]);
  expect(problemsOf({ ...xml, format: "xauslaender-1.17" })[0]).toContain("format");
});

test("a destination is named or looked up, one of the two", () => {
  expect(problemsOf({ kind })).toEqual(["destinationId is missing"]);
  expect(problemsOf({ kind, destinationId, routing: true })).toEqual(["routing stands beside destinationId"]);
  expect(problemsOf({ kind, routing: false })).toContain('routing can only be "true"');
  expect(problemsOf({ kind, destinationId: "x" })).toEqual(["destinationId is not a UUID of version 4"]);
});

test("an authority whose destination is looked up is named where nobody can be asked", () => {
  expect(load(true).byId.get("dahme-spreewald")?.transport).toEqual({ kind, format: "json", routing: true });
  expect(() => load(false)).toThrow(ConfigError);
  expect(() => load(false)).toThrow(/dahme-spreewald\.yaml, line \d+, transport\.routing: .*FITCONNECT_ROUTING_URL/);
});
