import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEnvelope } from "#app/demo/gateway/envelope.ts";
import { makeRow } from "../fit-connect/message.testing.ts";
import type { OutboundMessage, Progress } from "../transport.ts";
import { drop } from "./adapter.server.ts";
import { makeDropMessage, startTestGateway, type TestGateway } from "./gateway.testing.ts";
import type { Gateway } from "./gateway.ts";

let gateway: TestGateway;

beforeAll(async () => {
  // It takes away only what a test lets it.
  gateway = await startTestGateway({ pollMs: 3_600_000 });
});
afterAll(() => gateway.close());

const out = (...parts: string[]) => join(gateway.box, "out", ...parts);
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const sender = (change: Partial<Gateway> = {}) => drop(gateway.config("folder", change));
const timesArrived = async (id: string) => (await gateway.arrived()).filter((one) => one === id).length;

type Manifest = { files: { name: string; bytes: number; sha256: string; plainSha256: string }[] } & Record<
  string,
  unknown
>;
const manifestOf = (id: string) => JSON.parse(readFileSync(out(id, "manifest.json"), "utf8")) as Manifest;

async function deliver(message: OutboundMessage, change: Partial<Gateway> = {}, before: Progress = {}) {
  const { row, save } = makeRow(before);
  const transport = sender(change);
  const progress = await transport.deliver(message, transport.parseOptions(gateway.options), before, save);
  return { progress, row };
}

/** Delivers until a stage is saved and no further, as a process that dies then. */
async function dieAt(message: OutboundMessage, stage: string): Promise<Progress> {
  const { row, save } = makeRow();
  const dying = async (progress: Progress) => {
    await save(progress);
    if (progress["stage"] === stage) throw new Error("died");
  };
  const transport = sender();
  await expect(transport.deliver(message, transport.parseOptions(gateway.options), {}, dying)).rejects.toThrow("died");
  return row.progress;
}

describe("a message in a folder", () => {
  test("is encrypted for the gateway; the manifest fits and says nothing of the person", async () => {
    const follows = { gateway: "probe", mailbox: "stadt", messageId: randomUUID(), stage: "sent" };
    const message = makeDropMessage({ follows });
    await deliver(message);
    const { files, ...rest } = manifestOf(message.id);
    expect(rest).toEqual({
      version: 1,
      messageId: message.id,
      reference: message.reference,
      follows: follows.messageId,
      filedOn: message.filedOn,
      format: "json",
      schemaUri: message.data.schemaUri,
      mimeType: "application/json",
      ars: message.ars,
      service: message.service.leika,
      encryption: "cms",
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const [form, other] = message.attachments;
    expect(files.map(({ name }) => name)).toEqual(["data.json.p7m", `${form?.id}.pdf.p7m`, `${other?.id}.pdf.p7m`]);
    expect(readdirSync(out(message.id)).toSorted()).toEqual(
      [...files.map(({ name }) => name), "manifest.json"].toSorted(),
    );
    for (const { name, bytes, sha256, plainSha256 } of files) {
      const written = readFileSync(out(message.id, name));
      expect([written.length, hash(written)]).toEqual([bytes, sha256]);
      const plain = await openEnvelope(written, gateway.keys.contentKey);
      expect(plain && hash(plain)).toBe(plainSha256);
    }
    expect(readFileSync(out(message.id, "manifest.json"), "utf8")).not.toMatch(/Antrag|Pass|Müßig/);
    expect(await timesArrived(message.id)).toBe(1);
  });

  test("is plain only where the operator trusts the target, which the self-test tells", async () => {
    const message = makeDropMessage();
    await deliver(message, { certificate: undefined });
    expect(manifestOf(message.id)["encryption"]).toBe("none");
    expect(readFileSync(out(message.id, "data.json"))).toEqual(Buffer.from(message.data.bytes));
    expect(await sender({ certificate: undefined }).selfTest(gateway.options)).toEqual({
      ok: true,
      findings: ["gateway:plainTarget"],
    });
    expect(await timesArrived(message.id)).toBe(1);
  });

  test("is not written at all for a certificate that must not be used", async () => {
    const message = makeDropMessage();
    const change = { certificate: join(gateway.folder, "absent.pem") };
    await expect(deliver(message, change)).rejects.toMatchObject({ code: "keyRefused", detail: "missing" });
    expect(readdirSync(out())).toEqual([]);
    expect(await sender(change).selfTest(gateway.options)).toEqual({
      ok: false,
      findings: ["certificate:keyRefused.missing"],
    });
  });

  test("has a certificate whose end the self-test knows", async () => {
    const { ok, findings, expiresAt = "" } = await sender().selfTest(gateway.options);
    expect({ ok, findings }).toEqual({ ok: true, findings: [] });
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    expect(readdirSync(out())).toEqual([]);
  });

  test("is not written into a mailbox or gateway that does not exist", async () => {
    for (const wrong of [{ mailbox: "unknown" }, { gateway: "unknown" }]) {
      const options = { ...gateway.options, ...wrong };
      const { save } = makeRow();
      await expect(sender().deliver(makeDropMessage(), options, {}, save)).rejects.toMatchObject({
        code: "misconfigured",
      });
      expect((await sender().selfTest(options)).ok).toBe(false);
    }
  });
});

describe("a delivery that was broken off", () => {
  test("leaves nothing under a final name, and the next one removes what it left", async () => {
    const message = makeDropMessage();
    mkdirSync(out(`.tmp-${message.id}-0badcafe`));
    writeFileSync(out(`.tmp-${message.id}-0badcafe`, "data.json.p7m"), "half");
    mkdirSync(out(`.tmp-${randomUUID()}-0badcafe`));
    const progress = await dieAt(message, "writing");
    expect(await timesArrived(message.id)).toBe(0);
    await deliver(message, {}, progress);
    const left = readdirSync(out()).filter((name) => name.startsWith("."));
    expect(left).toHaveLength(1);
    expect(left[0]).not.toContain(message.id);
    expect(await timesArrived(message.id)).toBe(1);
    rmSync(out(left[0] ?? ""), { recursive: true });
  });

  test("just before the final name goes on with what is written, without reading a file again", async () => {
    const message = makeDropMessage();
    const progress = await dieAt(message, "renaming");
    const unread = message.attachments.map((file) => ({ ...file, read: () => Promise.reject(new Error("read")) }));
    expect((await deliver({ ...message, attachments: unread }, {}, progress)).progress["stage"]).toBe("sent");
    expect(await timesArrived(message.id)).toBe(1);
  });

  test("right after the final name counts as sent, whether the gateway took it or not", async () => {
    for (const isTaken of [false, true]) {
      const message = makeDropMessage();
      const progress = await dieAt(message, "renaming");
      const [folder = ""] = readdirSync(out());
      renameSync(out(folder), out(message.id));
      if (isTaken) expect(await timesArrived(message.id)).toBe(1);
      expect((await deliver(message, {}, progress)).progress["stage"]).toBe("sent");
      expect(await timesArrived(message.id)).toBe(1);
    }
  });

  test("is not taken for done because the drive is away", async () => {
    const message = makeDropMessage();
    const progress = await dieAt(message, "renaming");
    renameSync(out(), `${out()}.away`);
    await expect(deliver(message, {}, progress)).rejects.toMatchObject({ code: "misconfigured", retryable: true });
    renameSync(`${out()}.away`, out());
    await deliver(message, {}, progress);
    expect(await timesArrived(message.id)).toBe(1);
  });

  test("whose progress was lost writes nothing twice: the gateway has acknowledged it", async () => {
    const message = makeDropMessage();
    await deliver(message);
    expect(await timesArrived(message.id)).toBe(1);
    expect((await deliver(message)).row.stages).toEqual(["sent"]);
    expect(await timesArrived(message.id)).toBe(1);
  });

  test("finds the same message under its name and leaves it, and another one is an error", async () => {
    const message = makeDropMessage();
    await deliver(message);
    await deliver(message);
    expect(readdirSync(out())).toEqual([message.id]);
    const bytes = new TextEncoder().encode(JSON.stringify({ messageId: message.id, name: "other" }));
    const other = { ...message, data: { ...message.data, bytes } };
    await expect(deliver(other)).rejects.toMatchObject({ code: "refused", retryable: false });
    expect(await timesArrived(message.id)).toBe(1);
  });

  test("goes on where it began, even if the authority's file names another mailbox by now", async () => {
    const message = makeDropMessage();
    const progress = await dieAt(message, "renaming");
    const { row, save } = makeRow(progress);
    await sender().deliver(message, { ...gateway.options, mailbox: "elsewhere" }, progress, save);
    expect(row.progress["mailbox"]).toBe("stadt");
    expect(await timesArrived(message.id)).toBe(1);
  });
});
