import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import {
  announcement,
  call,
  CLIENTS,
  createWorld,
  encrypt,
  lendServiceKeys,
  registration,
  testKey,
  tokenOf,
} from "./test-world.ts";

const V2 = "/submission-api/v2";

function run(env: Record<string, string>) {
  const settings = { ...process.env, CLIENTS: JSON.stringify(CLIENTS), ...env };
  return spawn(process.execPath, [join(import.meta.dirname, "main.ts")], { env: settings });
}

async function ready(env: Record<string, string>) {
  const child = run(env);
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  expect(line).toMatch(/^Zustelldienst \(SIMULATOR\) http:\/\/127\.0\.0\.1:\d+$/);
  return { child, url: line.split(" ")[2]! };
}

async function failure(env: Record<string, string>) {
  const child = run(env);
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect(code).toBe(1);
  return said;
}

test("killed in the middle, the program goes on where it was", async () => {
  const [encryption, signature] = await Promise.all([testKey("encryption"), testKey("signature")]);
  const dataDir = await mkdtemp(join(tmpdir(), "zustelldienst-kill-"));
  await lendServiceKeys(dataDir);
  let { child, url } = await ready({ DATA_DIR: dataDir, PORT: "0" });
  const token = await tokenOf(url, "sender");
  const subscriber = await tokenOf(url, "subscriber");
  const [destinationId, attachmentId] = [randomUUID(), randomUUID()];
  const portal = `/self-service-portal/v2/destinations/${destinationId}`;
  await call(url, "PUT", portal, { token: subscriber, json: registration(encryption, signature) });
  const json = announcement(destinationId, { announcedAttachments: [attachmentId] });
  const announced = await call(url, "POST", `${V2}/submissions`, { token, json });
  const path = `${V2}/submissions/${String(announced.body["submissionId"])}`;
  const jose = await encrypt(encryption, "attachment");
  expect((await call(url, "PUT", `${path}/attachments/${attachmentId}`, { token, jose })).status).toBe(204);
  child.kill("SIGKILL");
  await once(child, "exit");

  ({ child, url } = await ready({ DATA_DIR: dataDir, PORT: "0" }));
  const parts = { encryptedMetadata: await encrypt(encryption, "{}"), encryptedData: await encrypt(encryption, "{}") };
  expect((await call(url, "PUT", path, { token, json: parts })).status).toBe(200);
  child.kill("SIGKILL");
  await once(child, "exit");

  ({ child, url } = await ready({ DATA_DIR: dataDir, PORT: "0" }));
  expect((await call(url, "GET", path, { token: subscriber })).body).toMatchObject(parts);
  const attachment = await call(url, "GET", `${path}/attachments/${attachmentId}`, { token: subscriber });
  expect(attachment.text).toBe(jose);
  expect((await call(url, "GET", `${path}/events`, { token })).body).toMatchObject({ totalCount: 2 });
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  await rm(dataDir, { recursive: true });
});

test("a busy port, an unusable folder and wrong settings are told in one line", async () => {
  const world = await createWorld();
  const { port } = new URL(world.url());
  const busy = await failure({ DATA_DIR: world.dataDir, PORT: port });
  expect(busy).toContain(`Zustelldienst (SIMULATOR): cannot listen on 127.0.0.1:${port} (the port is in use)\n`);
  const folder = await failure({ DATA_DIR: join(world.dataDir, "keys.json"), PORT: "0" });
  expect(folder).toMatch(/cannot use folder \S+ \(it is not a folder\)\n$/);
  expect(await failure({ DATA_DIR: "", PORT: "0" })).toMatch(/settings are wrong: DATA_DIR.*\n$/);
  await world.close();
});
