import { expect, test } from "vitest";
import { setProblems } from "#app/connector/fit-connect/unverified.ts";
import { knownWords } from "#app/i18n/known.ts";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { fileRemarks, plainCodes, rejectionWords, sentFilesOf } from "#app/routes/shared/rejection.server.ts";

const page = knownWords(serverI18n("de"));
const other = page.say("pages:rejection.other");

test("every known reason of a refusal has words, and they do not name the code", () => {
  expect(setProblems.size).toBeGreaterThan(10);
  for (const code of setProblems) {
    const words = rejectionWords([code], page);
    expect(words, code).not.toBe(other);
    expect(words, code).not.toMatch(/rejection|[a-z]+-[a-z]+/);
  }
});

test.each([[["other"]], [["other@data"]], [["technical-error@other"]], [["unknown"]], [["constructor"]], [[]]])(
  "%j has general words",
  (codes) => {
    expect(rejectionWords(codes, page)).toBe(other);
  },
);

test("the same words come once, different ones one after the other", () => {
  const format = page.say("pages:rejection.format");
  expect(rejectionWords(["schema-violation", "missing-schema"], page)).toBe(format);
  expect(rejectionWords(["schema-violation", "neu"], page)).toBe(`${format}; ${other}`);
});

const passport = "0d6f1c52-8a3e-4b17-9c64-2f5be1a7d054";
const [january, february] = ["5b8e27a4-6c19-4d3f-a7b2-91c0de4f6060", "94c5d2e8-0b7f-4a36-8e19-d3f6a1b58061"];
const file = (attachmentId: string, filename: string) => ({ attachmentId, filename });
const payloadOf = (evidence: object[]) => JSON.stringify({ evidence });
const first = payloadOf([{ code: "PASS", files: [file(passport, "PASS-1.pdf")] }]);
const last = payloadOf([{ code: "INC3", files: [file(january, "INC3-1.pdf"), file(february, "INC3-2.pdf")] }]);
const found = { copy: { payload: last, messages: [{ payload: first }, { payload: last }] } };
const files = sentFilesOf(found as Parameters<typeof sentFilesOf>[0]);

test.each([
  [`hash-mismatch@attachment:${passport}`, "Pass: Die Datei kam beschädigt an"],
  [`missing-attachment@attachment:${february}`, "Gehaltsabrechnungen (INC3-2.pdf): Die Datei fehlt"],
  [`other@attachment:${january}`, "Gehaltsabrechnungen (INC3-1.pdf): Mit der Datei stimmt etwas nicht"],
])("%s names the file of any message of the case", (code, words) => {
  expect(rejectionWords([code], page, files)).toBe(words);
});

test("a file that the person did not send, or another part, has the words of the reason alone", () => {
  const unreadable = page.say("pages:rejection.unreadable");
  const form = "hash-mismatch@attachment:c3a94f0e-17d8-4e62-8b05-7ad6f2e15053";
  for (const code of ["hash-mismatch@data", form]) expect(rejectionWords([code], page, files)).toBe(unreadable);
});

test("remarks of an acceptance are told only if they are about a file of the case", () => {
  expect(fileRemarks(["other@data", "schema-violation", "other@attachment:x"], page, files)).toBeUndefined();
  const remarks = fileRemarks([`syntax-violation@attachment:${passport}`, "other"], page, files);
  expect(remarks).toBe(page.say("pages:rejection.remarks", { remarks: "Pass: Die Datei kam beschädigt an" }));
});

test("codes for questions come once and without parts", () => {
  expect(plainCodes(["hash-mismatch@data", `hash-mismatch@attachment:${passport}`, "other"])).toEqual([
    "hash-mismatch",
    "other",
  ]);
});
