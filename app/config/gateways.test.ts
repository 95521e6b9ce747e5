import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { authoritySchema } from "#app/config/authority.ts";
import { crossCheck } from "#app/config/crossChecks.ts";
import { ConfigError } from "#app/config/errors.ts";
import { gatewaysSchema, loadGateways } from "#app/config/gateways.ts";
import { keysBelow, schemaTree } from "#app/config/schemaKeys.ts";
import { parseYamlFile } from "#app/config/yamlFile.ts";

const folder = mkdtempSync(join(tmpdir(), "gateways-"));
const file = join(folder, "gateways.yaml");
beforeAll(() => ["client.key", "gateway.pem"].forEach((name) => writeFileSync(join(folder, name), "x")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hostKey = `SHA256:${"a".repeat(43)}`;
const sftp = { host: "sftp.example.org", user: "u", keyFile: "client.key", hostKey, path: "/in" };

/** What is wrong with these gateways, one line each. */
function problemsOf(gateways: unknown): string[] {
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ gateways }, undefined, 1));
  try {
    loadGateways(file);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ line, key, what, remedy }) => `${line} ${key} ${what} → ${remedy}`);
  }
}

describe("the file of gateways", () => {
  test("gives folders and servers with absolute paths", () => {
    const drive = { id: "drive", folder: "box", trusted: true };
    writeFileSync(file, JSON.stringify({ gateways: [{ id: "far", sftp, certificate: "gateway.pem" }, drive] }));
    expect([...loadGateways(file).values()]).toEqual([
      {
        id: "far",
        address: { kind: "sftp", ...sftp, port: 22, keyFile: join(folder, "client.key") },
        certificate: join(folder, "gateway.pem"),
      },
      { id: "drive", address: { kind: "folder", path: join(folder, "box") }, certificate: undefined },
    ]);
  });

  test("says what is missing or stands beside something else, with line and remedy", () => {
    expect(problemsOf([{ id: "a" }])).toEqual([
      "3 gateways.0.folder is missing → Write folder or sftp.",
      "3 gateways.0.certificate is missing → Write certificate or trusted.",
    ]);
    const all = { id: "a", folder: "x", sftp, certificate: "gateway.pem", trusted: true };
    expect(problemsOf([all])).toEqual([
      "6 gateways.0.sftp stands beside folder → Keep folder or sftp.",
      "14 gateways.0.trusted stands beside certificate → Keep certificate or trusted.",
    ]);
  });

  test("names files that do not exist, ids that stand twice and fingerprints that are none", () => {
    const absent = { id: "a", sftp: { ...sftp, keyFile: "no.key" }, certificate: "no.pem" };
    expect(problemsOf([absent]).map((text) => text.replaceAll(folder, ""))).toEqual([
      "12 gateways.0.certificate the file /no.pem does not exist → Put it there, or correct the path.",
      "8 gateways.0.sftp.keyFile the file /no.key does not exist → Put it there, or correct the path.",
    ]);
    const drive = { id: "a", folder: "x", trusted: true };
    expect(problemsOf([drive, drive])).toEqual([
      '9 gateways.1.id "a" stands here twice → Give each gateway its own id.',
    ]);
    expect(problemsOf([{ id: "a", sftp: { ...sftp, hostKey: "MD5:00" }, trusted: true }])[0]).toContain(
      "hostKey is not of",
    );
    expect(problemsOf([{ ...drive, password: "x" }])[0]).toContain("password is not a known key");
    expect(problemsOf([])[0]).toContain("gateways is empty");
  });

  test("that does not exist is said, too", () => {
    expect(() => loadGateways(join(folder, "absent.yaml"))).toThrow(/absent\.yaml.*the file does not exist.*GATEWAYS/s);
  });

  test("has each of its keys explained in docs/operation.md, and its sample is valid", () => {
    const text = readFileSync("docs/operation.md", "utf8");
    const rows = new Map(
      [...text.matchAll(/^\| `(gateways[A-Za-z.[\]]*)` +\| (.*?) +\|$/gm)].map(([, key, words]) => [key, words]),
    );
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(keysBelow(schemaTree(gatewaysSchema)).map(({ path, description }) => [path, description])),
    );
    const [, sample = ""] = /```yaml\n(gateways:\n[\s\S]*?)```/.exec(text) ?? [];
    expect(gatewaysSchema.safeParse(parse(sample)).error).toBeUndefined();
  });
});

describe("authorities behind gateways", () => {
  const text = readFileSync("config/environments/demo/authorities/barnim.yaml", "utf8");
  const sourceOf = (name: string) => {
    const yaml = parseYamlFile(`authorities/${name}.yaml`, text);
    return { file: yaml, authority: authoritySchema.parse(yaml.value) };
  };
  const known = { serviceIds: ["all"], languages: ["de", "en", "uk", "ru", "ar"] };
  const told = (gateways: readonly string[], names = ["barnim"]) =>
    crossCheck(names.map(sourceOf), { ...known, gateways }).map(({ key, what, remedy }) => `${key} ${what}: ${remedy}`);

  test("need one that this installation knows", () => {
    expect(told(["demo-gateway"])).toEqual([]);
    const what = 'transport.gateway there is no gateway "demo-gateway"';
    expect(told([])).toEqual([`${what}: Describe it in the file that GATEWAYS names.`]);
    expect(told(["demo-gatevay"])).toEqual([`${what}: Did you mean "demo-gatevay"?`]);
  });

  test("have a mailbox of their own", () => {
    const mailbox = told(["demo-gateway"], ["barnim", "other"]).filter((line) => line.includes("mailbox"));
    expect(mailbox).toEqual([
      'transport.mailbox "demo-gateway/barnim" is already used in authorities/barnim.yaml: ' +
        "Each authority has a mailbox of its own.",
    ]);
  });
});
