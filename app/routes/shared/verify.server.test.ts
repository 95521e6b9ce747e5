import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RequestContext } from "#app/http.server.ts";
import { loadKeys, type Keys } from "#app/keys.server.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";
import { checkProof, isHolder, wordsOf, type VerifyResult } from "#app/routes/shared/verify.server.ts";
import { holderIn, proofIn, receiptTextIn, wayOf } from "#app/routes/shared/verifyQuestion.server.ts";
import { formatReference } from "#app/store/access-code.ts";
import { signReceipt, type ReceiptClaims } from "#app/store/receipt.server.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";

const page = requirePage(new Request("http://127.0.0.1/de/verify"), { lng: "de" });
const unknown = formatReference(new Uint8Array(7));
const claims: ReceiptClaims = {
  v: 1,
  reference: "ABCD-EFGH-JKMN",
  authority: "120540000000",
  service: "W-18g",
  filedAt: "2026-11-21T22:30:00.000Z",
  files: 2,
  hash: "x".repeat(43),
};

let opened: TestApp;
let context: Pick<RequestContext, "app" | "caller">;
let foreign: Keys;
let folder = "";
beforeAll(async () => {
  opened = await openApp();
  context = { app: opened.app, caller: "somebody" };
  folder = mkdtempSync(join(tmpdir(), "verify-"));
  foreign = await loadKeys({ folder, mayCreate: true });
});
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

async function check(text: string): Promise<VerifyResult> {
  const proof = { way: "receipt", value: text } as const;
  return wordsOf(page, proof, await checkProof(context, proof));
}

describe("a signed receipt", () => {
  test("of ours is genuine and says when in Berlin, for which authority and which case, and that nothing is decided", async () => {
    const { tone, texts } = await check(await signReceipt(context.app.keys, claims));
    expect(tone).toBe("success");
    expect(texts[0]).toContain("21.11.2026 um 23:30");
    expect(texts[0]).toContain("Landeshauptstadt Potsdam");
    expect(texts[1]).toContain("ABCD-EFGH-JKMN");
    expect(texts.join(" ")).toContain("keine Entscheidung");
    expect(texts.join(" ")).not.toMatch(/W-18g|Blaue Karte/);
  });

  test("of an authority that left is still genuine", async () => {
    const text = await signReceipt(context.app.keys, { ...claims, authority: "099990000000" });
    expect((await check(text)).tone).toBe("success");
  });

  test("that is foreign, changed or invented is not known", async () => {
    const jws = await signReceipt(context.app.keys, claims);
    const [header = "", , signature = ""] = jws.split(".");
    const forged = Buffer.from(JSON.stringify({ ...claims, reference: "AAAA-AAAA-AAAA" })).toString("base64url");
    for (const text of [await signReceipt(foreign, claims), `${header}.${forged}.${signature}`, "ABCD-EFGH-JKMN"]) {
      const result = await check(text);
      expect(result.tone).toBe("danger");
      expect(JSON.stringify(result)).not.toContain("Potsdam");
    }
  });

  test("is found alone, broken over lines and behind the # of an address", () => {
    for (const typed of [" ab.cd.ef\n", "ab.\r\ncd.\nef", "https://antrag.example.org/verify#ab.cd.ef"]) {
      expect(receiptTextIn(typed)).toBe("ab.cd.ef");
    }
    expect(receiptTextIn("  ")).toBe("");
  });
});

/** A context whose counters allow so many acts of each kind, with what they counted. */
function limited(allowed: number) {
  const counts = new Map<string, number>();
  const take = (act: string, caller: string) => {
    const count = (counts.get(`${act} ${caller}`) ?? 0) + 1;
    counts.set(`${act} ${caller}`, count);
    return count <= allowed;
  };
  return { counts, context: { app: { ...opened.app, limits: { ...opened.app.limits, take } }, caller: "somebody" } };
}

describe("limits", () => {
  test("hold for references, which could be guessed, and not for signed texts and hashes", async () => {
    const { counts, context: few } = limited(1);
    for (const way of ["receipt", "file", "receipt", "file", "reference"] as const)
      expect(await checkProof(few, { way, value: way === "reference" ? unknown : "0".repeat(64) })).toBeUndefined();
    expect([...counts]).toEqual([["verify somebody", 1]]);
    await expect(checkProof(few, { way: "reference", value: unknown })).rejects.toMatchObject({
      init: { status: 429 },
    });
  });

  test("hold for names, by who asks and by which receipt is asked", async () => {
    const { counts, context: few } = limited(1);
    const shown = { reference: unknown, authority: "", filedAt: new Date() };
    expect(await isHolder(few, shown, { familyName: "A" })).toBe(false);
    await expect(isHolder({ ...few, caller: "another" }, shown, {})).rejects.toMatchObject({ init: { status: 429 } });
    expect([...counts.keys()]).toEqual(["holder somebody", `receipt ${unknown}`, "holder another"]);
  });
});

const born = (day: string, month: string, year: string) => ({
  "dateOfBirth.day": [day],
  "dateOfBirth.month": [month],
  "dateOfBirth.year": [year],
});

describe("a posted form", () => {
  test("asks for the first way unless it names another", () => {
    expect([undefined, null, "", "x", "file", "receipt"].map(wayOf)).toEqual([
      "reference",
      "reference",
      "reference",
      "reference",
      "file",
      "receipt",
    ]);
  });

  test("gives the proof of its way, or what to mend at its control", () => {
    const reference = unknown.toLowerCase().replaceAll("-", " ").replaceAll("0", "o");
    expect(proofIn({ reference: [reference] }, page)).toEqual({ way: "reference", value: unknown });
    expect(proofIn({ way: ["file"], sha256: ["a".repeat(64)] }, page)).toEqual({ way: "file", value: "a".repeat(64) });
    for (const wrong of [
      {},
      { reference: ["ABCD-EFGH-JKM1"] },
      { way: ["file"] },
      { way: ["file"], sha256: ["A".repeat(64)] },
      { way: ["file"], sha256: ["a".repeat(64)], tooLarge: ["yes"] },
      { way: ["receipt"], receipt: [" "] },
    ] as Record<string, string[]>[]) {
      const problem = proofIn(wrong, page);
      expect(problem).toEqual({
        control: wrong["way"]?.[0] ?? "reference",
        message: expect.stringMatching(/\w{5}.*\.$/),
      });
    }
  });

  test.each([
    [
      { familyName: [" A "], givenNames: ["B"], ...born("1", "2", "1990") },
      { familyName: "A", givenNames: "B", dateOfBirth: "1990-02-01" },
    ],
    [
      { givenNames: ["B"], ...born("", "", "1990") },
      { familyName: "", givenNames: "B", dateOfBirth: "1990" },
    ],
    [
      { familyName: ["A"], ...born("", "", ""), dateOfBirthUnknown: ["yes"] },
      { familyName: "A", givenNames: "" },
    ],
  ])("names a person as answers do: %j", (form, typed) => {
    expect(holderIn(form, page)).toEqual({ typed });
  });

  test.each([
    [{ ...born("1", "2", "1990") }, ["familyName"]],
    [{ familyName: ["A"], ...born("31", "2", "1990") }, ["dateOfBirth.day"]],
    [{ familyName: ["A"] }, ["dateOfBirth.day"]],
    [{ familyName: ["A"], ...born("", "", "1990"), dateOfBirthUnknown: ["yes"] }, ["dateOfBirth.day"]],
    [{}, ["familyName", "dateOfBirth.day"]],
  ] as [Record<string, string[]>, string[]][])("says what to mend of a person: %j", (form, controls) => {
    const read = holderIn(form, page);
    expect("problems" in read ? read.problems.map(({ control }) => control) : []).toEqual(controls);
  });
});
