import { describe, expect, test } from "vitest";
import { asDatatypeC } from "./text.ts";

describe("a text as datatype C", () => {
  test.each([
    ["Fès – „Haus“ … ‚x‘", 'Fès - "Haus" ... ’x’'],
    ["Ali\u200e\u202e \ufeffZoë\u00ad", "Ali Zoë"],
    ["a\u2009b\u2028c", "a b\nc"],
    ["A\u0308", "Ä"],
    ["[x] \\ ^ ]]> & <b>", "[x] \\ ^ ]]> & <b>"],
    ["", ""],
  ])("keeps what %j means", (typed, text) => {
    expect(asDatatypeC(typed)).toEqual({ text, isWhole: true });
  });

  test.each([
    ["gut 👍🏽", "gut ??"],
    ["a\u0000b\u0007", "a?b?"],
    ["\ud800x", "?x"],
    ["Київ", "????"],
  ])("says that something of %j is lost", (typed, text) => {
    expect(asDatatypeC(typed)).toEqual({ text, isWhole: false });
  });
});
