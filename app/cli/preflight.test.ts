import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { SERVICE_LOCK, takeLock } from "./lock.mjs";
import { checkDataFolder, checkNotRunning, checkPorts } from "./preflight.mjs";

const folder = mkdtempSync(join(tmpdir(), "preflight-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a busy port is named with what to do", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const wanted = [{ name: "the service", port, host: "127.0.0.1", remedy: "Set PORT to a free port" }];
  await expect(checkPorts(wanted)).rejects.toThrow(
    `port ${port} for the service is already in use. Set PORT to a free port`,
  );
  await once(server.close(), "close");
  await checkPorts(wanted);
});

test("a port that no browser opens is refused before anybody waits for an answer on it", async () => {
  const wanted = [{ name: "the demo mailbox", port: 10_080, host: "127.0.0.1", remedy: "Set PORT to another one" }];
  await expect(checkPorts(wanted)).rejects.toThrow("port 10080 for the demo mailbox is one that browsers do not open.");
});

test("a data folder that is a file, or lies below one, is refused", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(() => checkDataFolder(file)).toThrow(/\(DATA_DIR\): it is a file/);
  expect(() => checkDataFolder(join(file, "below"))).toThrow(/a part of the path is a file/);
  checkDataFolder(join(folder, "new"));
});

test("a data folder in use is refused and names the process; a process that just ends is waited for", async () => {
  const code = "process.stdout.write('up'); setInterval(() => {}, 1000);";
  const holder = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  writeFileSync(join(folder, SERVICE_LOCK), JSON.stringify({ pid: holder.pid, parent: process.pid }));
  await expect(checkNotRunning(folder)).rejects.toThrow(`as process ${holder.pid}`);
  const waiting = checkNotRunning(folder);
  holder.kill("SIGKILL");
  await waiting;
  const lock = takeLock(join(folder, SERVICE_LOCK));
  expect(lock.ok).toBe(true);
  if (lock.ok) lock.release();
});
