import {
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Found, Verdict } from "../transport.ts";
import { drop } from "./adapter.server.ts";
import { MOST_ANSWER_BYTES } from "./collect.server.ts";

const options = { gateway: "g", mailbox: "stadt", format: "json" };
let root = "";
let clock = { now: 0 };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "collect-"));
  for (const name of ["out", "answers"]) mkdirSync(join(root, "stadt", name), { recursive: true });
  clock = { now: Date.now() };
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const at = (...parts: string[]) => join(root, "stadt", ...parts);
const names = (folder: string) => readdirSync(at(folder)).toSorted();

/** An answer that was written so many milliseconds ago. */
function put(name: string, text: string | Uint8Array, agoMs = 10_000) {
  writeFileSync(at("answers", name), text);
  const seconds = (clock.now - agoMs) / 1_000;
  utimesSync(at("answers", name), seconds, seconds);
}

function open() {
  const address = { kind: "folder", path: root } as const;
  const gateways = new Map([["g", { id: "g", address, certificate: undefined }]]);
  const transport = drop({ gateways, now: () => clock.now });
  const seen: [name: string, text: string][] = [];
  /** Looks once; `judge` says what becomes of each. */
  const look = async (judge: (found: Found) => Verdict | Promise<Verdict> = () => ({ kind: "taken" })) =>
    transport.collect?.(options, async (found) => {
      seen.push([found.name, Buffer.from(await found.read()).toString("utf8")]);
      return judge(found);
    });
  return { look, seen };
}

describe("answers of authorities", () => {
  test("are handed over by name, and are gone when taken", async () => {
    put("b.xml", "two");
    put("a.xml", "one");
    const { look, seen } = open();
    await look();
    await look();
    expect(seen).toEqual([
      ["a.xml", "one"],
      ["b.xml", "two"],
    ]);
    expect(names("answers")).toEqual([]);
  });

  test("what is being written is left: its name, its youth or its growth says so", async () => {
    put(".hidden.xml", "x");
    put("a.xml.part", "x");
    put("b.TMP", "x");
    mkdirSync(at("answers", "folder"));
    writeFileSync(join(root, "elsewhere"), "secret");
    symlinkSync(join(root, "elsewhere"), at("answers", "link.xml"));
    put("young.xml", "half", 500);
    const { look, seen } = open();
    await look();
    put("young.xml", "half and more", 400);
    clock.now += 1_000;
    await look();
    expect(seen).toEqual([]);
    clock.now += 2_500;
    await look();
    expect(seen).toEqual([["young.xml", "half and more"]]);
  });

  test("a file that grew since the last look waits, even if its clock says it is old", async () => {
    const { look, seen } = open();
    put("a.xml", "1", -3_600_000);
    await look();
    put("a.xml", "12", 3_600_000);
    await look();
    expect(seen).toEqual([]);
    clock.now += 2_500;
    await look();
    expect(seen).toEqual([["a.xml", "12"]]);
  });

  test("a gateway whose clock is ahead is heard all the same", async () => {
    const { look, seen } = open();
    put("a.xml", "1", -3_600_000);
    await look();
    clock.now += 2_500;
    await look();
    expect(seen).toHaveLength(1);
  });

  test("refused ones are kept aside with the word why and nothing else", async () => {
    put("Müller, Anna.xml", "<x/>");
    put("next.xml", "good");
    const { look, seen } = open();
    await look(({ name }) => (name.startsWith("M") ? { kind: "refused", code: "malformed" } : { kind: "taken" }));
    expect(seen.map(([name]) => name)).toEqual(["Müller, Anna.xml", "next.xml"]);
    expect(names("answers")).toEqual([]);
    const [kept = "", reason = ""] = names("refused");
    expect(kept).toMatch(/^\d{4}-[\dTZ-]+-[0-9a-f]{12}-M_ller__Anna\.xml$/);
    expect(readFileSync(at("refused", kept), "utf8")).toBe("<x/>");
    expect(reason).toBe(`${kept}.reason.json`);
    expect(JSON.parse(readFileSync(at("refused", reason), "utf8"))).toEqual({
      code: "malformed",
      at: new Date(clock.now).toISOString(),
      size: 4,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test("one too large is refused unread", async () => {
    put("large.xml", Buffer.alloc(MOST_ANSWER_BYTES + 1));
    put("small.xml", "good");
    const { look, seen } = open();
    await look();
    expect(seen).toEqual([["small.xml", "good"]]);
    const [kept = "", reason = ""] = names("refused");
    expect(kept).toContain("-unread-large.xml");
    expect(JSON.parse(readFileSync(at("refused", reason), "utf8"))).toMatchObject({ code: "tooLarge" });
  });

  test("one that may come again stays, and one that fails keeps no other waiting", async () => {
    for (const name of ["a.xml", "b.xml", "c.xml"]) put(name, name);
    const { look, seen } = open();
    const failed = look(({ name }) => {
      if (name === "a.xml") throw new Error("database");
      return { kind: name === "b.xml" ? "later" : "taken" };
    });
    await expect(failed).rejects.toThrow("database");
    expect(seen).toHaveLength(3);
    expect(names("answers")).toEqual(["a.xml", "b.xml"]);
  });

  test("a mailbox without answers has none", async () => {
    rmSync(at("answers"), { recursive: true });
    const { look, seen } = open();
    await look();
    expect(seen).toEqual([]);
  });
});
