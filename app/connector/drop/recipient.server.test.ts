import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_MS, issue, makePair, NOW, type Pair, type Wish } from "../fit-connect/certificates.testing.ts";
import { loadRecipient } from "./recipient.server.ts";

const folder = mkdtempSync(join(tmpdir(), "recipient-"));
let pair: Pair;
let short: Pair;

beforeAll(async () => {
  [pair, short] = await Promise.all([makePair(3072), makePair(2048)]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(text: string): string {
  const file = join(folder, "gateway.pem");
  writeFileSync(file, text);
  return file;
}

const load = async (change: Partial<Wish>) =>
  loadRecipient(write((await issue({ name: "G", pair, ...change })).pem), NOW);
const refused = (detail: string) => expect.objectContaining({ code: "keyRefused", detail, retryable: true });

describe("the certificate of a gateway", () => {
  test("is taken with a usage for keys or without any, and says when it ends", async () => {
    const to = NOW + 10 * DAY_MS;
    expect((await load({ usage: ["keyEncipherment"], to })).notAfter).toBe(to);
    expect((await load({ to })).keyUsage).toBeUndefined();
  });

  test("may stand between other text in its file", async () => {
    const { pem } = await issue({ name: "G", pair });
    expect((await loadRecipient(write(`Bag Attributes\n  name: x\n${pem}`), NOW)).isCa).toBe(false);
  });

  test.each<[string, () => Partial<Wish>]>([
    ["certificateDate", () => ({ to: NOW - DAY_MS })],
    ["certificateDate", () => ({ from: NOW + DAY_MS })],
    ["keyUsage", () => ({ usage: ["digitalSignature"] })],
    ["tooShort", () => ({ pair: short })],
  ])("is refused for %s", async (reason, wish) => {
    await expect(load(wish())).rejects.toEqual(refused(reason));
  });

  test("is refused if there is none", async () => {
    await expect(loadRecipient(join(folder, "absent.pem"), NOW)).rejects.toEqual(refused("missing"));
    await expect(loadRecipient(write("nothing"), NOW)).rejects.toEqual(refused("noCertificate"));
    const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    await expect(loadRecipient(write(broken), NOW)).rejects.toEqual(refused("kind"));
  });
});
