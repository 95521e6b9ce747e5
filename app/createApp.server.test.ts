import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseEnv } from "#app/env.server.ts";
import { loadKeys } from "#app/keys.server.ts";
import { createApp } from "#app/createApp.server.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "service-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const demo = (more: Record<string, string>) =>
  parseEnv({ LOG_LEVEL: "silent", DATA_DIR: join(folder, "data"), KEYS_DIR: join(folder, "own-keys"), ...more });

/** A folder as an operator has it: the configuration of the demo under another name, without its sample values. */
function productionRoot(): string {
  const authorities = join(folder, "config/environments/live/authorities");
  cpSync("config/environments/demo/authorities", authorities, { recursive: true });
  cpSync("config/operator.yaml", join(folder, "config/operator.yaml"));
  const files = readdirSync(authorities).map((name) => join(authorities, name));
  for (const file of [...files, join(folder, "config/operator.yaml")]) {
    const text = readFileSync(file, "utf8")
      .replaceAll(" (Muster)", "")
      .replaceAll(":muster", ":amt")
      .replaceAll(/example\.(org|com|net)/g, "amt.de");
    writeFileSync(file, text.replaceAll(/kind: failing\n.*\n.*/g, "kind: none"));
  }
  return folder;
}

test("a process without worker has no private delivery key, and its keys lie where KEYS_DIR says", async () => {
  const app = await createApp(demo({ WORKER: "off" }), process.cwd());
  await app.database.close();
  expect(app.keys.delivery.privateKey).toBeUndefined();
  expect(readdirSync(join(folder, "own-keys"))).toContain("delivery.jwk.json");
}, 120_000);

const addresses = [
  "TOKEN_URL",
  "SUBMISSION_URL",
  "DESTINATION_URL",
  "ISSUER",
  "CLIENT_ID",
  "CLIENT_SECRET",
  "ROUTING_URL",
  "PORTAL_URL",
];

test("production does not start without the gateways of its authorities, nor with the keys of a demo", async () => {
  const root = productionRoot();
  await loadKeys({ folder: join(folder, "own-keys"), mayCreate: true });
  const gateways = join(folder, "gateways.yaml");
  writeFileSync(gateways, "gateways:\n  - { id: demo-gateway, folder: box, trusted: true }\n");
  const production = {
    MODE: "production",
    PUBLIC_URL: "https://aufenthalt.amt.de",
    CONFIG_ENV: "live",
    DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing",
    FITCONNECT_ROOTS: "roots.pem",
    SMTP_URL: "smtp://mail.amt.de",
    MAIL_FROM: "post@amt.de",
    ...Object.fromEntries(addresses.map((name) => [`FITCONNECT_${name}`, "https://delivery.amt.de"])),
  };
  await expect(createApp(demo(production), root)).rejects.toThrow('there is no gateway "demo-gateway"');
  await expect(createApp(demo({ ...production, GATEWAYS: gateways }), root)).rejects.toThrow(
    `Key of the demo: ${join(folder, "own-keys", "delivery.jwk.json")}`,
  );
});

test("without FIT-Connect every authority of production must be reached by a gateway", async () => {
  const root = productionRoot();
  await loadKeys({ folder: join(folder, "own-keys"), mayCreate: true });
  const gateways = join(folder, "gateways.yaml");
  writeFileSync(gateways, "gateways:\n  - { id: demo-gateway, folder: box, trusted: true }\n");
  const production = {
    MODE: "production",
    PUBLIC_URL: "https://aufenthalt.amt.de",
    CONFIG_ENV: "live",
    DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing",
    GATEWAYS: gateways,
    SMTP_URL: "smtp://mail.amt.de",
    MAIL_FROM: "post@amt.de",
  };
  await expect(createApp(demo(production), root)).rejects.toThrow(/transport\.kind: there is no way to FIT-Connect/);
  const authorities = join(root, "config/environments/live/authorities");
  for (const name of readdirSync(authorities)) {
    const file = join(authorities, name);
    const transport = `transport: { kind: drop, gateway: demo-gateway, mailbox: ${name.replace(".yaml", "")} }\n`;
    writeFileSync(file, readFileSync(file, "utf8").replace(/^transport:\n(?: .*\n)*/m, transport));
  }
  // Everything of the files is right by now: the next thing that is looked at are the keys.
  await expect(createApp(demo(production), root)).rejects.toThrow("Key of the demo");
});

test("pinned roots that cannot be read keep the service from starting, and the variable is named", async () => {
  const missing = join(folder, "missing.pem");
  const environment = demo({
    FITCONNECT_ROOTS: missing,
    ...Object.fromEntries(addresses.map((name) => [`FITCONNECT_${name}`, "http://127.0.0.1:1"])),
  });
  await expect(createApp(environment, process.cwd())).rejects.toThrow(`FITCONNECT_ROOTS: ${missing} cannot be read`);
});

test("a question called like one of the service's own fields keeps the service from starting", async () => {
  const root = productionRoot();
  const file = join(root, "config/environments/live/authorities/barnim.yaml");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("id: earlierFileNumber", "id: familyName"));
  await expect(createApp(demo({ CONFIG_ENV: "live" }), root)).rejects.toThrow(
    `"familyName" is already a name of the service's own questions`,
  );
});
