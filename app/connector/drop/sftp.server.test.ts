import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import ssh2 from "ssh2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newKey } from "#app/demo/gateway/keys.ts";
import { listenSftp, type Faults } from "#app/demo/gateway/sftp.ts";
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
    writeFileSync(foreign, newKey());
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

  test("to a silent server is not tried again for a while: others must not wait for it one after the other", async () => {
    const silent = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const places = sftpPlaces({ ...gateway.sftp, port }, 400);
    const took = async () => {
      const begun = performance.now();
      await expect(places.use((place) => place.list(""))).rejects.toMatchObject({ code: "timeout", retryable: true });
      return performance.now() - begun;
    };
    expect(await took()).toBeGreaterThan(350);
    expect(await took()).toBeLessThan(200);
    await pause(1_000);
    expect(await took()).toBeGreaterThan(350);
    silent.close();
  });

  test("that breaks off while something is written is known as that at once", async () => {
    const sockets: Socket[] = [];
    const cutting = createServer((from) => {
      const to = connect(gateway.sftpPort, "127.0.0.1");
      sockets.push(from, to);
      let passed = 0;
      from.on("data", (bytes: Buffer) => {
        passed += bytes.length;
        if (passed > 500_000) sockets.forEach((socket) => socket.destroy());
        else to.write(bytes);
      });
      to.pipe(from);
    }).listen(0, "127.0.0.1");
    await once(cutting, "listening");
    const { port } = cutting.address() as AddressInfo;
    const places = sftpPlaces({ ...gateway.sftp, port }, 8_000);
    const begun = performance.now();
    const written = places.use((place) => place.write("stadt/cut", randomBytes(2_000_000)));
    await expect(written).rejects.toMatchObject({ code: "unreachable", retryable: true });
    expect(performance.now() - begun).toBeLessThan(4_000);
    await places.close();
    cutting.close();
    await sftpPlaces(gateway.sftp, 5_000).use((place) => place.remove("stadt/cut"));
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
      await expect(place.write("stadt/large", bytes)).rejects.toMatchObject({ code: "misconfigured" });
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

describe("a server that fails", () => {
  const faults: Faults = {};
  /** Delivers to a server with these faults, and once more when they are over. */
  async function deliverTwice(fault: Faults) {
    const { boxes: root, keys } = gateway;
    const server = await listenSftp({ host: "127.0.0.1", port: 0, root, faults }, keys);
    const transport = drop(gateway.config("sftp", { address: { ...gateway.sftp, port: server.port } }));
    const message = makeDropMessage();
    const { row, save } = makeRow();
    Object.assign(faults, fault);
    const first: unknown = await transport.deliver(message, gateway.options, {}, save).catch((error: unknown) => error);
    const arrivedFirst = await gateway.arrived();
    for (const name of ["write", "rename"] as const) delete faults[name];
    await transport.deliver(message, gateway.options, row.progress, save);
    await transport.close?.();
    await server.close();
    expect(arrivedFirst).not.toContain(message.id);
    expect((await gateway.arrived()).filter((id) => id === message.id)).toHaveLength(1);
    return first;
  }

  test("for lack of room is a matter of the target: all messages wait for it", async () => {
    const error = await deliverTwice({ write: "full" });
    expect(error).toMatchObject({ code: "misconfigured", retryable: true });
  });

  test("and says that it did not, is not believed", async () => {
    expect(await deliverTwice({ write: "lie" })).toMatchObject({ code: "unexpectedAnswer", retryable: true });
    expect(await deliverTwice({ rename: "lie" })).toMatchObject({ code: "unexpectedAnswer", retryable: true });
  });
});

test("every key of the simulated gateway can be read again", () => {
  const unread = Array.from({ length: 1_500 }, newKey).filter((key) => ssh2.utils.parseKey(key) instanceof Error);
  expect(unread).toEqual([]);
});
