import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startGateway, type Gateway } from "#app/demo/gateway/server.ts";
import { validatorFor } from "#app/xml/validate.server.ts";
import { standards } from "#flows/delivery/standards.ts";
import { serviceGroups } from "#flows/services/registry.ts";

const run = promisify(execFile);
const MAILBOX = "musterstadt";

const root = mkdtempSync(join(tmpdir(), "vendor-"));
const pack = join(root, "pack");
let gateway: Gateway;

/** Runs a command and gives its output whatever its exit code. */
async function outputOf(args: readonly string[], cwd = process.cwd()): Promise<{ code: number; out: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [...args], { cwd });
    return { code: 0, out: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout + stderr };
  }
}

beforeAll(async () => {
  gateway = await startGateway({
    dataDir: join(root, "gateway"),
    gatewaysDir: join(root, "access"),
    schemaDir: "public/schemas",
    mailboxes: [{ mailbox: MAILBOX, name: "Musterstadt" }],
    decision: "accept",
    port: 0,
    sftpPort: 0,
    pollMs: 50,
  });
  const certificate = readdirSync(join(root, "access")).find((name) => /\.(pem|crt)$/.test(name) && !/key/.test(name));
  const args = ["app/cli/vendorPack.ts", pack, "--certificate", join(root, "access", certificate ?? "")];
  const { code, out } = await outputOf(args);
  if (code !== 0) throw new Error(out);
}, 120_000);
afterAll(async () => {
  await gateway.close();
  rmSync(root, { recursive: true, force: true });
});

describe("the pack for vendors", () => {
  test("has five applications of each group, valid in both forms", () => {
    const [standard] = standards;
    if (!standard) throw new Error("no standard");
    const { validate } = validatorFor(standard);
    for (const group of Object.keys(serviceGroups)) {
      const files = readdirSync(join(pack, "samples", group));
      const xml = files.filter((name) => name.endsWith(".xml"));
      expect([group, xml.length, files.length]).toEqual([group, 5, 10]);
      for (const name of xml) expect(validate(readFileSync(join(pack, "samples", group, name)))).toEqual({ ok: true });
    }
    const types = readdirSync(join(pack, "samples"), { recursive: true }).flatMap(
      (name) => /\.(\d{6})\.xml$/.exec(String(name))?.[1] ?? [],
    );
    expect([...new Set(types)].toSorted()).toEqual(["130101", "130201", "130301", "130401"]);
  });

  test("holds schemas, code lists and what explains them, and nothing that points back to this project", () => {
    for (const path of ["README.md", "drop.md", "schemas/xauslaender-26.11/xauslaender.xsd", "codelists/lists.csv"])
      expect(existsSync(join(pack, path)), path).toBe(true);
    expect(readFileSync(join(pack, "codelists/Code.OZG.Status.csv"), "utf8")).toContain("01;");
    expect(readFileSync(join(pack, "contract/run.mjs"), "utf8")).not.toMatch(/from "[#.]/);
    for (const name of ["README.md", "drop.md"]) {
      for (const [, target = ""] of readFileSync(join(pack, name), "utf8").matchAll(/\]\(([^)]+)\)/g))
        expect(existsSync(join(pack, target)), `${name}: ${target}`).toBe(true);
    }
  });

  test("lets a vendor test a receiver of its own: the demo gateway passes", async () => {
    symlinkSync(resolve("node_modules"), join(pack, "node_modules"));
    const mailbox = join(gateway.boxes, MAILBOX);
    const { code, out } = await outputOf(["contract/run.mjs", "--mailbox", mailbox, "--wait", "20"], pack);
    expect(out).not.toContain("NOT OK");
    expect(out.trim().split("\n").at(-1)).toMatch(/^\d+ passed, 0 failed$/);
    expect(code).toBe(0);
  }, 60_000);

  test("tells a receiver that does nothing that it fails, and a folder that is no mailbox", async () => {
    const idle = join(root, "idle");
    const attempt = () => outputOf(["contract/run.mjs", "--mailbox", idle, "--wait", "0.3"], pack);
    expect(await attempt()).toEqual({ code: 2, out: `${idle} has no folder out. Is it the mailbox?\n` });
    mkdirSync(join(idle, "out"), { recursive: true });
    const { code, out } = await attempt();
    expect(code).toBe(1);
    expect(out).toContain("NOT OK - an application for");
    expect(out).toContain("the first one still lies in out");
    expect(await attempt()).toEqual({ code: 2, out: expect.stringContaining("empty mailbox and receiver") });
  }, 60_000);

  test.each<[string, (messageId: string) => [place: string, text: string], string]>([
    ["acknowledgements that are no JSON", (id) => [`acks/${id}.json`, "{"], "cannot be read: it is no JSON"],
    [
      "acknowledgements with keys of its own",
      (id) => [
        `acks/${id}.json`,
        JSON.stringify({ messageId: id, status: "accepted", at: "2026-11-21T09:12:00Z", x: 1 }),
      ],
      'cannot be read: unknown key "x"',
    ],
    [
      "answers that only name the message",
      (id) => [`answers/${id}.xml`, `<x><ausloeserUUID>${id}</ausloeserUUID></x>`],
      "it said nothing",
    ],
  ])(
    "tells a receiver with %s what is wrong",
    async (_what, write, told) => {
      const box = mkdtempSync(join(root, "naive-"));
      for (const name of ["out", "acks", "answers"]) mkdirSync(join(box, name));
      const receiver = setInterval(() => {
        for (const id of readdirSync(join(box, "out")).filter((name) => !name.startsWith("."))) {
          rmSync(join(box, "out", id), { recursive: true });
          const [place, text] = write(id);
          writeFileSync(join(box, place), text);
        }
      }, 50);
      const { code, out } = await outputOf(["contract/run.mjs", "--mailbox", box, "--wait", "0.4"], pack);
      clearInterval(receiver);
      expect(code).toBe(1);
      expect(out).toContain(told);
      expect(out).not.toMatch(/^ok - an application/m);
    },
    60_000,
  );

  test("is not written over something else", async () => {
    expect((await outputOf(["app/cli/vendorPack.ts", pack])).code).toBe(2);
    expect((await outputOf(["app/cli/vendorPack.ts"])).code).toBe(2);
  });
});
