import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { until } from "#tests/support/until.ts";
import { fitConnect } from "./adapter.server.ts";
import { startAuthority, type TestAuthority } from "./authority.testing.ts";
import { isGenuine } from "./callback.server.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { makeMessage, makeRow } from "./message.testing.ts";

let authority: TestAuthority;
beforeAll(async () => {
  authority = await startAuthority();
});
afterEach(() => authority.setFault("none"));
afterAll(() => authority.close());

const options = { routing: true };
const routed = (change: Partial<FitConnectConfig> = {}) =>
  fitConnect(authority.config({ routing: authority.routing, ...change }));
const secretOf = (path: string) => `secret of ${path} that is long enough`;

describe("A destination that is looked up", () => {
  test("is found by service and area, and gets the message", async () => {
    const transport = routed();
    const { row, save } = makeRow();
    const message = makeMessage();
    await transport.deliver(message, transport.parseOptions(options), {}, save);
    expect(row.progress).toMatchObject({ stage: "sent", destinationId: authority.destinationId });
    const { submissionId } = row.progress as { submissionId: string };
    expect((await authority.open(submissionId)).data).toEqual(Buffer.from(message.data.bytes));
    expect(await transport.selfTest(transport.parseOptions(options))).toEqual({ ok: true, findings: [] });
  });

  test.each(["no-route", "two-routes", "foreign-route", "wrong-route"])(
    "and answered with %s gets nothing",
    async (fault) => {
      await authority.setFault(fault);
      const transport = routed();
      const { row, save } = makeRow();
      const failure = { code: "destinationMismatch", retryable: false };
      await expect(transport.deliver(makeMessage(), transport.parseOptions(options), {}, save)).rejects.toMatchObject(
        failure,
      );
      expect(row.progress).toEqual({});
    },
  );

  test("without a Routing API to ask is a mistake of the settings", async () => {
    const transport = fitConnect(authority.config());
    const delivery = transport.deliver(makeMessage(), transport.parseOptions(options), {}, makeRow().save);
    await expect(delivery).rejects.toMatchObject({ code: "misconfigured" });
    expect(await transport.selfTest(transport.parseOptions(options))).toEqual({
      ok: false,
      findings: ["routing:misconfigured"],
    });
  });

  test("by a portal that does not answer is told by the self test", async () => {
    const transport = routed({ routing: { ...authority.routing, jwksUrl: "http://127.0.0.1:9/jwks.json" } });
    expect(await transport.selfTest(transport.parseOptions(options))).toEqual({
      ok: false,
      findings: ["portal:unreachable"],
    });
  });
});

test("the Zustelldienst calls where the announcement says, with the secret of the message", async () => {
  const genuine: { path: string; genuine: boolean }[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const body = Buffer.concat(parts);
    const { "callback-timestamp": timestamp, "callback-authentication": authentication } = request.headers;
    const call = { timestamp: String(timestamp), authentication: String(authentication), body };
    genuine.push({ path: request.url ?? "", genuine: isGenuine(call, secretOf(request.url ?? ""), Date.now()) });
    response.writeHead(204).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const callback = (id: string) => ({ url: `${base}/${id}`, secret: secretOf(`/${id}`) });
  const message = makeMessage();
  const { row, save } = makeRow();
  const { destinationId } = authority;
  await fitConnect(authority.config({ callback })).deliver(message, { destinationId }, {}, save);
  const { submissionId, caseId } = row.progress as { submissionId: string; caseId: string };
  await authority.list();
  await authority.say({ submissionId, caseId }, "accept-submission");
  const calls = await until(
    async () => genuine,
    (seen) => seen.length > 0,
  );
  expect(calls[0]).toEqual({ path: `/${message.id}`, genuine: true });
  server.closeAllConnections();
  server.close();
});
