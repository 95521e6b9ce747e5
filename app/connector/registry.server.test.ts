import { describe, expect, test } from "vitest";
import { deliveryCodes } from "./errors.ts";
import { failing } from "./failing.server.ts";
import { transports } from "./registry.server.ts";
import type { OutboundMessage } from "./transport.ts";

const message: OutboundMessage = {
  id: "1",
  reference: "AO-1",
  filedOn: "2026-11-21",
  service: { leika: "99010028000000", name: "Aufenthaltserlaubnis" },
  ars: "091890000000",
  data: { bytes: new Uint8Array(), schemaUri: "urn:x", mimeType: "application/json" },
  attachments: [],
};
const save = () => Promise.resolve();

describe("The failing transport", () => {
  test.each(deliveryCodes)("fails with %s as its options say", async (code) => {
    const transport = failing();
    const options = transport.parseOptions({ code, retryable: true });
    await expect(transport.deliver(message, options, {}, save)).rejects.toMatchObject({ code, retryable: true });
    await expect(transport.poll("1", options, {})).rejects.toMatchObject({ code });
    expect(await transport.selfTest(options)).toEqual({ ok: false, findings: [code] });
  });
});

describe("The registry", () => {
  test("knows only what this installation has", () => {
    expect([...transports({}).keys()]).toEqual([]);
    expect([...transports({ failing: true }).keys()]).toEqual(["failing"]);
    expect(transports({ failing: true }).get("constructor")).toBeUndefined();
  });

  test("hands out transports that read an authority's options themselves", async () => {
    const transport = transports({ failing: true }).get("failing");
    const options = { kind: "failing", code: "tooLarge", retryable: false };
    await expect(transport?.deliver(message, options, {}, save)).rejects.toMatchObject({ code: "tooLarge" });
    await expect(transport?.deliver(message, { code: "other" }, {}, save)).rejects.toMatchObject({
      code: "misconfigured",
    });
    await expect(transport?.poll("1", undefined, {})).rejects.toMatchObject({ code: "misconfigured" });
  });
});
