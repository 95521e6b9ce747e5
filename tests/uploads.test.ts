import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillIn, p1 } from "./support/applicant.ts";
import { plainBrowser, valuesOf, type PlainBrowser, type PlainPage } from "./support/plainBrowser.ts";
import { walkTo } from "./support/plainJourney.ts";
import { startStack, type Stack } from "./support/service.ts";

import { hashOf, PART, partOf, pdfOf, uploaderOf, type Uploader } from "./support/uploads.ts";

const EVIDENCE = "/de/potsdam/W-18g/evidence";
const MB = 1_000_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 180_000);
afterAll(() => stack?.stop(), 60_000);

type Person = { browser: PlainBrowser; page: PlainPage; up: Uploader };

async function person(): Promise<Person> {
  const { browser, page } = await walkTo(stack.url, p1, "evidence");
  return { browser, page, up: uploaderOf(browser, page) };
}

/** Names of the files that the page lists, with the line under each. */
async function listed({ browser }: Pick<Person, "browser">): Promise<string[]> {
  const { document } = await browser.open(EVIDENCE);
  return document.querySelectorAll(".ao-file__name").map((file) => file.textContent.trim());
}

const foldersOf = (id: string) => join(stack.dataDir, "files", id.slice(0, 2), `${id}.parts`);

async function sendAll(up: Uploader, id: string, bytes: Buffer): Promise<void> {
  for (let part = 0; part * PART < bytes.length; part += 1)
    expect((await up.put(id, part, partOf(bytes, part))).status).toBe(204);
}

/** Takes the passport in whole. */
async function uploaded(up: Uploader, bytes: Buffer, more?: Record<string, unknown>): Promise<string> {
  const id = await up.begin(bytes.length, more);
  await sendAll(up, id, bytes);
  expect((await up.complete(id, hashOf(bytes))).status).toBe(200);
  return id;
}

describe("a file in parts", () => {
  test("comes in out of order, with parts sent twice, and is the same file in the end", async () => {
    const { browser, up } = await person();
    const bytes = pdfOf(3 * PART + 17);
    const begun = await up.create(bytes.length);
    expect(begun).toEqual({
      status: 201,
      json: { id: expect.any(String), partBytes: PART, parts: 4, received: [] },
    });
    const id = String(begun.json["id"]);
    for (const part of [3, 1, 1]) expect((await up.put(id, part, partOf(bytes, part))).status).toBe(204);
    expect(await up.look(id)).toMatchObject({ status: 200, json: { id, parts: 4, received: [1, 3] } });
    expect(await up.complete(id)).toEqual({ status: 409, json: { missing: [0, 2] } });
    for (const part of [2, 0]) await up.put(id, part, partOf(bytes, part));
    const done = { status: 200, json: { file: { id, name: "pass.pdf", note: expect.stringContaining("3,1") } } };
    expect(await up.complete(id, hashOf(bytes))).toEqual(done);
    expect(await up.complete(id, hashOf(bytes))).toEqual(done);
    expect(await listed({ browser })).toEqual([expect.stringContaining("pass.pdf")]);
    expect((await up.look(id)).status).toBe(404);
    expect((await up.put(id, 0, partOf(bytes, 0))).status).toBe(404);
    expect(existsSync(foldersOf(id))).toBe(false);
  });

  test("goes on where it was after the service died, and nothing acknowledged is asked for again", async () => {
    const { browser, up } = await person();
    const bytes = pdfOf(2 * PART + 5);
    const id = await up.begin(bytes.length);
    expect((await up.put(id, 1, partOf(bytes, 1))).status).toBe(204);
    expect((await up.put(id, 0, partOf(bytes, 0))).status).toBe(204);
    await stack.kill9();
    await stack.restart();
    expect((await up.look(id)).json).toMatchObject({ received: [0, 1] });
    const [line = ""] = await listed({ browser });
    expect(line).toMatch(/^pass\.pdf.*noch einmal/s);
    expect((await up.put(id, 2, partOf(bytes, 2))).status).toBe(204);
    expect((await up.complete(id, hashOf(bytes))).status).toBe(200);
  });

  test("lies sealed on the disk, for its owner only", async () => {
    const { up } = await person();
    const bytes = pdfOf(PART + 500, "KLARTEXT ");
    const id = await up.begin(bytes.length);
    await sendAll(up, id, bytes);
    expect(readdirSync(foldersOf(id)).toSorted()).toEqual(["0", "1"]);
    for (const name of ["0", "1"]) {
      const path = join(foldersOf(id), name);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readFileSync(path).includes("KLARTEXT")).toBe(false);
    }
  });

  test("that changed on the device meanwhile is asked for again as a whole", async () => {
    const { up } = await person();
    const [before, after] = [pdfOf(PART + 9, "a"), pdfOf(PART + 9, "b")];
    const id = await up.begin(before.length);
    await up.put(id, 0, partOf(before, 0));
    await up.put(id, 1, partOf(after, 1));
    expect(await up.complete(id, hashOf(after))).toEqual({ status: 409, json: { missing: [0, 1] } });
    expect((await up.look(id)).json).toMatchObject({ received: [] });
    await sendAll(up, id, after);
    expect((await up.complete(id, hashOf(after))).status).toBe(200);
  });

  test("is cancelled without a trace, and a part that comes too late leaves none", async () => {
    const { browser, up } = await person();
    const bytes = pdfOf(PART + 1);
    const id = await up.begin(bytes.length);
    await up.put(id, 0, partOf(bytes, 0));
    expect((await up.remove(id)).status).toBe(204);
    expect((await up.put(id, 1, partOf(bytes, 1))).status).toBe(404);
    expect((await up.remove(id)).status).toBe(404);
    expect(existsSync(foldersOf(id))).toBe(false);
    expect(await listed({ browser })).toEqual([]);
  });

  test("is removed by the form too, and replaced by the same file from the form", async () => {
    const { browser, page, up } = await person();
    const bytes = pdfOf(PART + 1);
    const first = await up.begin(bytes.length);
    const removed = await browser.submit(page, { press: ["remove", first] });
    expect(removed.document.querySelectorAll(".ao-file")).toHaveLength(0);
    expect((await up.look(first)).status).toBe(404);
    const second = await up.begin(bytes.length);
    const files = { "PASS.files": [{ name: "pass.pdf", bytes }] };
    const answered = await browser.submit(page, { files, press: ["then", "stay"] });
    expect(answered.document.querySelectorAll(".ao-file")).toHaveLength(1);
    expect((await up.look(second)).status).toBe(404);
  });

  test("is filed with the application", async () => {
    const { browser, submit } = await fillIn(stack.url);
    const page = await browser.open(EVIDENCE);
    const second = pdfOf(PART + 33);
    await uploaded(uploaderOf(browser, page), second);
    const left = await uploaderOf(browser, page).begin(2 * PART, { name: "halb.pdf" });
    const review = await browser.open("/de/potsdam/W-18g/review");
    expect(review.document.querySelector("[data-unfinished]")?.textContent).toContain("halb.pdf");
    const receipt = await submit();
    expect(receipt.text).toContain(hashOf(second).slice(0, 24));
    expect(existsSync(foldersOf(left))).toBe(false);
    expect((await uploaderOf(browser, page).look(left)).status).toBe(403);
  });
});

describe("what is not taken", () => {
  test.each([
    ["too large", 10 * MB + 1, "tooLarge", "größer"],
    ["empty", 0, "empty", "leer"],
  ])("a file that is %s, before a byte of it is sent", async (_name, size, reason, words) => {
    const { up } = await person();
    const answer = await up.create(size);
    expect(answer).toEqual({ status: 422, json: { reason, message: expect.stringContaining(words) } });
  });

  test("evidence that the answers do not ask for", async () => {
    const { browser, up } = await person();
    const answer = await up.create(100, { code: "BAMF" });
    expect(answer).toEqual({ status: 422, json: { reason: "notAsked", message: expect.stringContaining("brauchen") } });
    expect(await listed({ browser })).toEqual([]);
  });

  test("a file that is no document, once it is whole; the reason is in the language of the page", async () => {
    const { browser, up } = await person();
    const bytes = Buffer.from("MZ This program cannot be run in DOS mode");
    const id = await up.begin(bytes.length);
    await sendAll(up, id, bytes);
    const refused = { status: 422, json: { reason: "type", message: expect.stringContaining("kein PDF") } };
    expect(await up.complete(id, hashOf(bytes))).toEqual(refused);
    expect((await up.look(id)).status).toBe(404);
    expect(await listed({ browser })).toEqual([]);
  });

  test("more than 20 files for one paper, unfinished ones included", async () => {
    const { up } = await person();
    const ids: string[] = [];
    for (let index = 0; index < 20; index += 1) ids.push(await up.begin(5_000, { name: `${index}.pdf` }));
    expect((await up.create(5_000)).json).toMatchObject({ reason: "tooMany" });
    expect((await up.create(5_000, { code: "KV" })).status).toBe(201);
    await up.remove(ids[0]!);
    expect((await up.create(5_000)).status).toBe(201);
  });

  test("more than there is room for, also when the last room is asked for twice at once", async () => {
    const { up } = await person();
    for (let index = 0; index < 4; index += 1) await up.begin(10 * MB, { name: `${index}.pdf` });
    const both = await Promise.all(["a", "b"].map((name) => up.create(6 * MB, { name })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 422]);
    expect(both.find(({ status }) => status === 422)?.json).toMatchObject({ reason: "caseFull" });
    expect((await up.create(4 * MB)).status).toBe(201);
  });

  test("parts of another length, beyond the end, or with a number that is none", async () => {
    const { browser, page, up } = await person();
    const bytes = pdfOf(PART + 10);
    const id = await up.begin(bytes.length);
    expect((await up.put(id, 0, bytes.subarray(0, PART - 1))).status).toBe(400);
    expect((await up.put(id, 0, bytes.subarray(0, PART + 1))).status).toBe(413);
    expect((await up.put(id, 1, bytes.subarray(0, 11))).status).toBe(413);
    for (const part of [2, -1, "1e0", "x", "01234567890"])
      expect((await up.put(id, part, bytes.subarray(0, 10))).status).toBe(404);
    // Without a length that could be believed: broken off as soon as it is too long.
    let left = 300;
    const long = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        left -= 1;
        if (left < 0) controller.close();
        else controller.enqueue(new Uint8Array(65_536));
      },
    });
    const headers = { origin: page.url.origin, "x-form-token": valuesOf(page)["csrf"]?.[0] ?? "" };
    const init = { method: "PUT", headers, body: long, duplex: "half" } as RequestInit;
    const cut = await browser.send(`/de/potsdam/uploads/${id}/0`, init).catch(() => undefined);
    expect([undefined, 413]).toContain(cut?.status);
    expect((await up.look(id)).json).toMatchObject({ received: [] });
  });

  test("announcements that are none", async () => {
    const { up } = await person();
    for (const wrong of [
      { code: "NIX" },
      { size: -1 },
      { size: 1.5 },
      { size: "5" },
      { name: 5 },
      { name: "x".repeat(2_000) },
    ])
      expect((await up.create(100, wrong)).status, JSON.stringify(wrong)).toBe(400);
    expect((await up.create(100, { filler: "x".repeat(20_000) })).status).toBe(413);
  });
});

describe("who may", () => {
  test("nobody else sees, fills, completes or removes an upload", async () => {
    const [owner, other] = [await person(), await person()];
    const bytes = pdfOf(5_000);
    const id = await owner.up.begin(bytes.length);
    for (const foreign of [id, randomUUID(), "x", "__proto__", "constructor"]) {
      expect((await other.up.look(foreign)).status).toBe(404);
      expect((await other.up.put(foreign, 0, bytes)).status).toBe(404);
      expect((await other.up.complete(foreign)).status).toBe(404);
      expect((await other.up.remove(foreign)).status).toBe(404);
    }
    expect((await owner.up.look(id)).json).toMatchObject({ received: [] });
    const stranger = uploaderOf(plainBrowser(stack.url), owner.page);
    expect((await stranger.look(id)).status).toBe(403);
  });

  test("without the form token, with another one, or from another site nothing happens", async () => {
    const { browser, page, up } = await person();
    const bytes = pdfOf(5_000);
    const id = await up.begin(bytes.length);
    const others: Record<string, string>[] = [
      { "x-form-token": "" },
      { "x-form-token": "forged" },
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    ];
    for (const headers of others) {
      const forged = uploaderOf(browser, page, headers);
      for (const answer of [
        await forged.create(5_000),
        await forged.put(id, 0, bytes),
        await forged.complete(id),
        await forged.remove(id),
      ])
        expect([303, 403]).toContain(answer.status);
    }
    expect((await up.look(id)).json).toMatchObject({ received: [] });
  });

  test("other methods are told that they are wrong", async () => {
    const { browser, page, up } = await person();
    const id = await up.begin(5_000);
    const headers = { "x-form-token": String(page.document.querySelector("[name=csrf]")?.getAttribute("value")) };
    for (const [path, method] of [
      ["", "PUT"],
      [`/${id}`, "POST"],
      [`/${id}/0`, "POST"],
      [`/${id}/complete`, "PUT"],
      [`/${id}/0`, "GET"],
    ] as const)
      expect((await browser.send(`/de/potsdam/uploads${path}`, { method, headers })).status).toBe(405);
    expect((await browser.send("/de/nirgendwo/uploads")).status).toBe(404);
  });
});
