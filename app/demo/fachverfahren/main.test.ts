import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startZustelldienst } from "#app/demo/zustelldienst/server.ts";
import { generateDestinationKeys } from "./keys.ts";
import {
  createTestSender,
  newFolder,
  removeFolders,
  schemaFolder,
  testDestination,
  testFile,
  testPayload,
  TEST_CLIENTS,
  until,
} from "./testSender.ts";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const destination = testDestination();
const children: ChildProcess[] = [];
let environment: Record<string, string>;
let zustelldienst: Awaited<ReturnType<typeof startZustelldienst>>;

beforeAll(async () => {
  zustelldienst = await startZustelldienst({ port: 0, dataDir: await newFolder(), clients: TEST_CLIENTS });
  const dataDir = await newFolder();
  await mkdir(join(dataDir, "keys"));
  await writeFile(join(dataDir, "keys", `${destination.id}.json`), JSON.stringify(await generateDestinationKeys()));
  environment = {
    PORT: "0",
    DATA_DIR: dataDir,
    ZUSTELLDIENST_URL: zustelldienst.url,
    CLIENT_ID: "subscriber",
    CLIENT_SECRET: "secret-of-subscriber",
    DESTINATIONS: JSON.stringify([destination]),
    SCHEMA_DIR: await schemaFolder(),
    POLL_MS: "20",
  };
}, 180_000);
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await zustelldienst.close();
  await removeFolders();
});

function run(changes: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN], { env: { NODE_ENV: "test", ...environment, ...changes } });
  children.push(child);
  const output = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.err += chunk.toString()));
  const address = () =>
    until("first line", () => Promise.resolve(/^Fachverfahren \(SIMULATOR\) (http:\S+)\n/.exec(output.out)?.[1]));
  return { child, output, address, exit: once(child, "exit") };
}

describe("the program", () => {
  test("survives kill -9 at any moment: every application is taken over once", async () => {
    const sender = createTestSender(zustelldienst.url, destination.id);
    let program = run();
    await until("registration", async () => {
      const health = (await (await fetch(`${await program.address()}/health`)).json()) as { destinations: string[] };
      return health.destinations.length === 1;
    });
    const cases: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const file = testFile(`%PDF-1.7 ${round}`);
      cases.push((await sender.send({ payload: testPayload([file]), files: [file] })).caseId);
      if (round % 2 === 1) continue;
      program.child.kill("SIGKILL");
      await program.exit;
      program = run();
      await program.address();
    }
    for (const caseId of cases) {
      const verdicts = await until("verdict", async () => {
        const found = await sender.verdicts(caseId);
        return found.length > 0 && found;
      });
      expect(verdicts.map(({ name }) => name)).toEqual(["accept-submission"]);
    }
    const statistics = await (await fetch(`${await program.address()}/statistics`)).json();
    expect(statistics).toEqual({ received: 8, accepted: 8, rejected: 0, duplicates: 0 });
    program.child.kill("SIGTERM");
    expect(await program.exit).toEqual([0, null]);
  });

  test("names a busy port in one line", async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, "127.0.0.1", resolve));
    const address = blocker.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const { exit, output } = run({ PORT: String(port) });
    expect((await exit)[0]).toBe(1);
    expect(output.err).toBe(`Fachverfahren (SIMULATOR): port ${port} is busy: choose another with PORT\n`);
    blocker.close();
  });

  test("names a wrong setting in one line and refuses foreign hosts", async () => {
    const broken = run({ DESTINATIONS: "{" });
    expect((await broken.exit)[0]).toBe(1);
    expect(broken.output.err).toBe("Fachverfahren (SIMULATOR): DESTINATIONS: is not JSON\n");
    const open = run({ HOST: "0.0.0.0" });
    expect((await open.exit)[0]).toBe(1);
    expect(open.output.err).toBe("Fachverfahren (SIMULATOR): HOST: must be a loopback address\n");
    const real = run({ ZUSTELLDIENST_URL: "https://test.fit-connect.fitko.dev" });
    expect((await real.exit)[0]).toBe(1);
    expect(real.output.err).toContain("ZUSTELLDIENST_URL: must be on 127.0.0.1");
  });
});
