import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createGuardedFetch, isNotPublic, type FetchGuard } from "./guardedFetch.server.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(handle: RequestListener): Promise<number> {
  server = createServer(handle).listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const get = (url: string, guard: Partial<FetchGuard> = {}) =>
  createGuardedFetch({ privateHosts: "any", userAgent: "Aufenthalt-Online/1.0", timeoutMs: 5_000, ...guard })({
    url,
    maxBytes: 1_000,
  });
const nobody: Partial<FetchGuard> = { privateHosts: new Set() };

test("bytes come as they are, asked for under the product's name", async () => {
  let agent: string | undefined;
  const port = await listen((request, response) => {
    agent = request.headers["user-agent"];
    response.end(Buffer.from([0, 255, 10]));
  });
  expect([...(await get(`http://127.0.0.1:${port}/list`))]).toEqual([0, 255, 10]);
  expect(agent).toBe("Aufenthalt-Online/1.0");
});

test("a redirect is not followed", async () => {
  const port = await listen((_request, response) => response.writeHead(302, { Location: "/other" }).end());
  await expect(get(`http://127.0.0.1:${port}/`)).rejects.toThrow("HTTP 302");
});

test("a long answer is cut off", async () => {
  const port = await listen((_request, response) => response.end(Buffer.alloc(1_001)));
  await expect(get(`http://127.0.0.1:${port}/`)).rejects.toThrow("too long");
});

test("an answer whose rest never comes is given up", async () => {
  const port = await listen((_request, response) => void response.write("begin"));
  await expect(get(`http://127.0.0.1:${port}/`, { timeoutMs: 100 })).rejects.toThrow(/abort/i);
});

test("an answer that breaks off is none", async () => {
  const port = await listen((_request, response) => {
    response.writeHead(200, { "Content-Length": "100" });
    response.write("begin", () => response.destroy());
  });
  await expect(get(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});

describe("Private networks", () => {
  test.each(["127.0.0.1", "10.9.8.7", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.1.1", "0.0.0.0", "::1"])(
    "%s is not public",
    (address) => expect(isNotPublic(address)).toBe(true),
  );
  test.each(["fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "224.0.0.1", "255.255.255.255"])(
    "%s is not public",
    (address) => expect(isNotPublic(address)).toBe(true),
  );
  test.each(["8.8.8.8", "172.32.0.1", "193.175.0.1", "2a00:1450::1"])("%s is public", (address) =>
    expect(isNotPublic(address)).toBe(false),
  );

  test("are not called, neither by address nor by a name that leads there", async () => {
    let calls = 0;
    const port = await listen((_request, response) => {
      calls += 1;
      response.end("secret");
    });
    for (const host of ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"]) {
      await expect(get(`http://${host}:${port}/`, nobody)).rejects.toThrow("not a public address");
    }
    expect(calls).toBe(0);
    const named = { privateHosts: new Set(["localhost"]) };
    expect(Buffer.from(await get(`http://localhost:${port}/`, named)).toString()).toBe("secret");
  });

  test("do not keep names from being called that lead elsewhere", async () => {
    const port = await listen((_request, response) => response.end("list"));
    const seen: string[] = [];
    const isRefused = (address: string) => seen.push(address) === 0;
    const answer = await get(`http://localhost:${port}/`, { ...nobody, isRefused });
    expect(Buffer.from(answer).toString()).toBe("list");
    expect(seen).toContain("127.0.0.1");
  });

  test.each(["ftp://example.org/list", "http://user:secret@example.org/", "ldap://example.org/cn=list", "list"])(
    "%s is no address to call",
    (url) => expect(get(url)).rejects.toThrow(),
  );
});
