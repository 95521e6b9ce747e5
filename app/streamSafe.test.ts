import { expect, test } from "vitest";
import { streamSafe } from "#app/streamSafe.ts";

test("what people write stays as it is, in every script and however marks are typed", () => {
  const written = "Nguyễn Thị, Олена Й., مُحَمَّد, กรุ้ง, རྫོང་ཁ, " + "Nguyễn, Öz".normalize("NFD");
  expect(streamSafe(written)).toBe(written);
});

test("an endless row of marks is cut, so that it is normalised at once", () => {
  const text = streamSafe(`a${"\u0300\u0323".repeat(100_000)}b`);
  expect(text).toBe(`a${"\u0300\u0323".repeat(15)}b`);
});
