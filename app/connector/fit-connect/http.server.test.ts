import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createHttp } from "./http.server.ts";
import { leanFetch } from "./leanFetch.server.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(handle: RequestListener): Promise<string> {
  server = createServer(handle).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
const http = (timeoutMs = 5_000) => createHttp({ fetch: leanFetch, userAgent: "Aufenthalt-Online/1.0", timeoutMs });

test("a request names the product and carries its body as it stands", async () => {
  let seen: IncomingMessage | undefined;
  let body = "";
  const url = await listen((request, response) => {
    seen = request;
    request.on("data", (chunk) => (body += chunk)).on("end", () => response.end("Grüße"));
  });
  const headers = { "Content-Type": "application/jose" };
  const answer = await http()({ method: "PUT", url, headers, body: "a.b.c.d.e" });
  expect(answer).toMatchObject({ status: 200, text: "Grüße" });
  expect(body).toBe("a.b.c.d.e");
  expect(seen?.headers).toMatchObject({ "user-agent": "Aufenthalt-Online/1.0", "content-type": "application/jose" });
});

test("a redirect is not followed", async () => {
  let calls = 0;
  const url = await listen((_request, response) => {
    calls += 1;
    response.writeHead(302, { Location: "/elsewhere" }).end();
  });
  await expect(http()({ method: "GET", url })).rejects.toMatchObject({ code: "unexpectedAnswer", retryable: true });
  expect(calls).toBe(1);
});

test("an endless answer is cut off", async () => {
  const url = await listen((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, "x")));
    };
    response.on("drain", more);
    more();
  });
  await expect(http()({ method: "GET", url })).rejects.toMatchObject({ code: "unexpectedAnswer" });
});

test("an answer whose rest never comes is given up", async () => {
  const url = await listen((_request, response) => void response.write("{"));
  await expect(http(100)({ method: "GET", url })).rejects.toMatchObject({ code: "timeout", retryable: true });
});

test("a connection that breaks is worth another try", async () => {
  const url = await listen((request) => request.socket.destroy());
  await expect(http()({ method: "GET", url })).rejects.toMatchObject({ code: "unreachable", retryable: true });
});

test("an answer with a status that does not exist is a failure and ends neither the wait nor the process", async () => {
  const url = await listen((request) => {
    request.socket.end("HTTP/1.1 999 Odd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  });
  await expect(http()({ method: "GET", url })).rejects.toMatchObject({ code: "unreachable", retryable: true });
});
