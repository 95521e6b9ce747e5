import { spawn, type ChildProcess } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const SCHEMA = "https://schema.example.org/antrag/1.0.0/schema.json";
const folder = mkdtempSync(join(tmpdir(), "gateway-main-"));
const box = join(folder, "data", "boxes", "stadt");
const children: ChildProcess[] = [];

mkdirSync(join(folder, "schemas"));
writeFileSync(join(folder, "schemas", "a.schema.json"), JSON.stringify({ $id: SCHEMA, type: "object" }));

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function run(changes: Record<string, string> = {}) {
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "test",
    PORT: "0",
    SFTP_PORT: "0",
    DATA_DIR: join(folder, "data"),
    GATEWAYS_DIR: join(folder, "access"),
    SCHEMA_DIR: join(folder, "schemas"),
    MAILBOXES: JSON.stringify([{ mailbox: "stadt", name: "Stadt (Test)" }]),
    POLL_MS: "20",
    ...changes,
  };
  const child = spawn(process.execPath, [MAIN], { env });
  children.push(child);
  const output = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.err += chunk.toString()));
  const exit = once(child, "exit");
  const address = async () => {
    for (;;) {
      const [, url] = /^Gateway \(SIMULATOR\) (http:\S+)\n/.exec(output.out) ?? [];
      if (url !== undefined) return url;
      if (child.exitCode !== null) throw new Error(output.err);
      await pause(10);
    }
  };
  return { child, output, exit, address };
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/** Drops a message as an online service would, in plain. */
function drop(): string {
  const messageId = randomUUID();
  const data = JSON.stringify({ messageId, service: { title: "Antrag" } });
  const sha256 = hash(data);
  const file = { name: "data.json", mimeType: "application/json", purpose: "data", bytes: data.length };
  const manifest = {
    version: 1,
    messageId,
    reference: "AO-1",
    filedOn: "2026-11-21",
    format: "json",
    schemaUri: SCHEMA,
    mimeType: "application/json",
    ars: "120530000000",
    service: "99010028000000",
    encryption: "none",
    digest: hash(messageId),
    files: [{ ...file, sha256, plainSha256: sha256 }],
  };
  const draft = join(box, "out", `.tmp-${messageId}`);
  mkdirSync(draft);
  writeFileSync(join(draft, "data.json"), data);
  writeFileSync(join(draft, "manifest.json"), JSON.stringify(manifest));
  renameSync(draft, join(box, "out", messageId));
  return messageId;
}

test("it survives kill -9 at any moment: every message is taken once and acknowledged", async () => {
  let program = run();
  await program.address();
  const ids: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    ids.push(drop());
    await pause(round * 8);
    program.child.kill("SIGKILL");
    await program.exit;
    program = run();
    await program.address();
  }
  const url = await program.address();
  const counted = async () => (await (await fetch(`${url}/statistics`)).json()) as { accepted: number };
  while ((await counted()).accepted < ids.length) await pause(20);
  expect(await counted()).toEqual({ received: 6, accepted: 6, rejected: 0, duplicates: 0 });
  for (const id of ids) {
    const acks = JSON.parse(readFileSync(join(box, "acks", `${id}.json`), "utf8")) as { status: string }[];
    expect(acks.map(({ status }) => status)).toEqual(["pickedUp", "accepted"]);
  }
  expect(readdirSync(join(box, "out"))).toEqual([]);
  program.child.kill("SIGTERM");
  expect(await program.exit).toEqual([0, null]);
}, 60_000);

test("it names a busy port and a wrong setting in one line, and refuses foreign hosts", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const address = blocker.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const busy = run({ SFTP_PORT: String(port) });
  expect((await busy.exit)[0]).toBe(1);
  expect(busy.output.err).toBe("Gateway (SIMULATOR): a port is busy: choose others with PORT and SFTP_PORT\n");
  blocker.close();
  const broken = run({ MAILBOXES: "{" });
  expect((await broken.exit)[0]).toBe(1);
  expect(broken.output.err).toBe("Gateway (SIMULATOR): MAILBOXES: is not JSON\n");
  const open = run({ HOST: "0.0.0.0" });
  expect((await open.exit)[0]).toBe(1);
  expect(open.output.err).toBe("Gateway (SIMULATOR): HOST: must be a loopback address\n");
});
