import { expect, test } from "vitest";
import { withoutZeroBytes } from "./zeroBytes.server.ts";

test.each(["", "Привіт", "\0", "\0При\0\0віт\0", "При\0віт"])("%j loses its zero bytes and nothing else", (text) => {
  expect(withoutZeroBytes(Buffer.from(text)).toString()).toBe(text.replaceAll("\0", ""));
});

test("a page without any is not copied", () => {
  const page = Buffer.from("<p>Hallo</p>");
  expect(withoutZeroBytes(page)).toBe(page);
});
