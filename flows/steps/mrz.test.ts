import { describe, expect, test } from "vitest";
import { specimens } from "#flows/mrz/specimens.fixture.ts";
import { mrzPage } from "#flows/steps/mrz.ts";
import { problemsOf } from "#flows/steps/pages.fixture.ts";

describe("the machine-readable lines", () => {
  const [first, second] = specimens.td3;

  test.each([
    ["nothing", undefined, {}],
    ["the lines of a passport", `${first}\r\n${second}`, {}],
    ["the lines of a card in lower case", specimens.td1.join("\n").toLowerCase(), {}],
    ["one line", first, { mrz: "mrzLength" }],
    ["a sign of another kind", `${first.replace("ANNA", "ÄNNA")}\n${second}`, { mrz: "mrzForm" }],
    ["another number", `${first}\n${second.replace("L8989", "L8889")}`, { mrz: "mrzNumber" }],
    ["another birth date", `${first}\n${second.replace("7408122", "7408132")}`, { mrz: "mrzBirth" }],
    ["another end", `${first}\n${second.replace("1204159", "1204169")}`, { mrz: "mrzExpiry" }],
    ["another personal number", `${first}\n${second.replace("ZE184", "ZE185")}`, { mrz: "mrzCheck" }],
    ["something else", "I have no passport", { mrz: "mrzLength" }],
  ])("%s", (_what, mrz, problems) => {
    expect(problemsOf(mrzPage, { mrz })).toEqual(problems);
  });

  test("are kept as typed, and never sent", () => {
    expect(mrzPage.fields.mrz).toMatchObject({ optional: true, isUnsent: true });
  });
});
