import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readAcks } from "./acks.server.ts";
import { folderPlaces } from "./folder.server.ts";

const root = mkdtempSync(join(tmpdir(), "acks-"));
mkdirSync(join(root, "stadt", "acks"), { recursive: true });
afterAll(() => rmSync(root, { recursive: true, force: true }));

const at = "2026-11-21T10:00:00+01:00";
const later = "2026-11-21T09:00:01Z";

/** What is read of an acknowledgement that says `content`. */
function read(messageId: string, content: unknown) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  writeFileSync(join(root, "stadt", "acks", `${messageId}.json`), text);
  return folderPlaces(root).use((place) => readAcks(place, "stadt", messageId));
}

describe("acknowledgements", () => {
  test("one, or several in any order, become statements, oldest first", async () => {
    const messageId = randomUUID();
    expect(await read(messageId, { messageId, status: "pickedUp", at })).toEqual([
      { kind: "pickedUp", at: "2026-11-21T09:00:00.000Z" },
    ]);
    const list = [
      { messageId: messageId.toUpperCase(), status: "accepted", at: later, problems: [] },
      { messageId, status: "pickedUp", at },
    ];
    expect((await read(messageId, list)).map(({ kind }) => kind)).toEqual(["pickedUp", "accepted"]);
  });

  test("words of the list are kept, free text never", async () => {
    const messageId = randomUUID();
    const part = `attachment:${randomUUID()}`;
    const problems = [
      "missing-data",
      `hash-mismatch@${part}`,
      "Max Muster fehlt",
      "schema-violation@Müßig",
      "constructor",
    ];
    const [said] = await read(messageId, { messageId, status: "rejected", at, problems });
    expect(said).toMatchObject({ reasons: ["missing-data", `hash-mismatch@${part}`, "other", "schema-violation"] });
  });

  test.each<[string, (messageId: string) => unknown]>([
    ["half written", () => '{"messageId":'],
    ["empty", () => ""],
    ["an empty list", () => []],
    ["of another message", () => ({ messageId: randomUUID(), status: "accepted", at })],
    ["with an unknown status", (messageId) => ({ messageId, status: "lost", at })],
    ["with an unknown key", (messageId) => ({ messageId, status: "accepted", at, note: "x" })],
    ["without a moment", (messageId) => ({ messageId, status: "accepted", at: "gestern" })],
    ["that contradicts itself", (messageId) => ["accepted", "rejected"].map((status) => ({ messageId, status, at }))],
    ["too large", () => " ".repeat(300_000)],
  ])("one %s is no statement, and is read again", async (_what, make) => {
    const messageId = randomUUID();
    await expect(read(messageId, make(messageId))).rejects.toMatchObject({ code: "invalidStatement", retryable: true });
  });

  test.each<[string, (path: string) => unknown]>([
    ["a link to a file elsewhere", (path) => symlinkSync(join(root, "elsewhere"), path)],
    ["a pipe into which nobody writes", (path) => execFileSync("sh", ["-c", 'mkfifo "$0"', path])],
    ["a folder", (path) => mkdirSync(path)],
  ])("%s is not read, and holds nothing up", async (_what, make) => {
    const messageId = randomUUID();
    writeFileSync(join(root, "elsewhere"), JSON.stringify({ messageId, status: "accepted", at }));
    make(join(root, "stadt", "acks", `${messageId}.json`));
    const said = folderPlaces(root).use((place) => readAcks(place, "stadt", messageId));
    await expect(said).rejects.toMatchObject({ code: "unreadable", retryable: true });
  });
});
