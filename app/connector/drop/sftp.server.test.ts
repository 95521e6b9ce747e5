import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import ssh2 from "ssh2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeRow } from "../fit-connect/message.testing.ts";
import { drop } from "./adapter.server.ts";
import { makeDropMessage, startTestGateway, type TestGateway } from "./gateway.testing.ts";
import type { SftpAddress } from "./gateway.ts";
import { sftpPlaces } from "./sftp.server.ts";

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ pollMs: 3_600_000 });
});
afterAll(() => gateway.close());

/** What becomes of a delivery and what the self-test says, with this changed. */
async function attempt(change: Partial<SftpAddress>, timeoutMs = 5_000) {
  const transport = drop(gateway.config("sftp", { address: { ...gateway.sftp, ...change } }, { timeoutMs }));
  const { save, row } = makeRow();
  const error: unknown = await transport
    .deliver(makeDropMessage(), gateway.options, {}, save)
    .catch((cause: unknown) => cause);
  const { ok, findings } = await transport.selfTest(gateway.options);
  await transport.close?.();
  expect([ok, row.stages]).toEqual([false, []]);
  return { error, findings };
}

describe("the connection", () => {
  test("is made to no server but the pinned one", async () => {
    const hostKey = `SHA256:${randomBytes(32).toString("base64").replace(/=+$/, "")}`;
    const { error, findings } = await attempt({ hostKey });
    expect(error).toMatchObject({ code: "destinationMismatch", retryable: true });
    expect(findings).toEqual(["mailbox:destinationMismatch"]);
  });

  test("is refused to a foreign key, and a key file that is none is named", async () => {
    const foreign = join(gateway.folder, "foreign.key");
    writeFileSync(foreign, ssh2.utils.generateKeyPairSync("ed25519").private);
    expect((await attempt({ keyFile: foreign })).error).toMatchObject({ code: "unauthorised", retryable: true });
    expect((await attempt({ user: "somebody" })).error).toMatchObject({ code: "unauthorised" });
    writeFileSync(foreign, "no key");
    const { error } = await attempt({ keyFile: foreign });
    expect(error).toMatchObject({ code: "misconfigured" });
    expect(String((error as Error).cause)).not.toContain("no key");
    expect((await attempt({ keyFile: join(gateway.folder, "absent") })).error).toMatchObject({ code: "misconfigured" });
  });

  test("takes an RSA key too", async () => {
    const rsa = ssh2.utils.generateKeyPairSync("rsa", { bits: 3072 });
    expect(ssh2.utils.parseKey(rsa.private)).not.toBeInstanceOf(Error);
    const keyFile = join(gateway.folder, "rsa.key");
    writeFileSync(keyFile, rsa.private);
    // It is read and offered; the server knows another one.
    expect((await attempt({ keyFile })).error).toMatchObject({ code: "unauthorised" });
  });

  test("to a dead or silent server ends in time", async () => {
    const silent = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    expect((await attempt({ port }, 300)).error).toMatchObject({ code: "timeout", retryable: true });
    const closed = once(silent, "close");
    silent.close();
    await closed;
    expect((await attempt({ port }, 300)).error).toMatchObject({ code: "unreachable", retryable: true });
  });

  test("is used for many things at once, and made anew when it was closed", async () => {
    const places = sftpPlaces(gateway.sftp, 5_000);
    const names = Array.from({ length: 20 }, (_, index) => `probe-${index}`);
    await Promise.all(names.map((name) => places.use((place) => place.makeFolder(name))));
    await places.close();
    const found = await places.use((place) => place.list(""));
    expect(found?.map(({ name }) => name)).toEqual(expect.arrayContaining([...names, "stadt"]));
    await Promise.all(names.map((name) => places.use((place) => place.removeFolder(name))));
    await places.close();
  });

  test("carries large files as they are, and none above the limit", async () => {
    const places = sftpPlaces(gateway.sftp, 5_000);
    const bytes = randomBytes(5_000_001);
    await places.use(async (place) => {
      await place.write("stadt/large", bytes);
      expect((await place.read("stadt/large", bytes.length))?.equals(bytes)).toBe(true);
      await expect(place.read("stadt/large", bytes.length - 1)).rejects.toMatchObject({ code: "tooLarge" });
      await expect(place.write("stadt/large", bytes)).rejects.toMatchObject({ code: "refused" });
      expect(await place.rename("stadt/large", "stadt/out")).toBe("taken");
      expect(await place.rename("stadt/absent", "stadt/new")).toBe("gone");
      expect(await place.read("stadt/absent", 1)).toBeUndefined();
      expect(await place.list("absent")).toBeUndefined();
      await place.remove("stadt/large");
      await place.remove("stadt/large");
    });
    await places.close();
  });

  test("reads answers back and moves refused ones aside", async () => {
    const transport = drop(gateway.config("sftp", {}, { now: () => Date.now() + 10_000 }));
    writeFileSync(join(gateway.box, "answers", "a.xml"), "<a/>");
    const seen: string[] = [];
    await transport.collect?.(gateway.options, async ({ read }) => {
      seen.push(Buffer.from(await read()).toString("utf8"));
      return { kind: "refused", code: "malformed" };
    });
    expect(seen).toEqual(["<a/>"]);
    const kept = await sftpPlaces(gateway.sftp, 5_000).use((place) => place.list("stadt/refused"));
    expect(kept).toHaveLength(2);
    expect(readFileSync(join(gateway.box, "refused", kept?.[0]?.name ?? ""), "utf8").length).toBeGreaterThan(0);
    await transport.close?.();
  });
});
