import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { wishes } from "#flows/services/wishes.ts";

const page = readFileSync("docs/personas.md", "utf8");

test("the page on personas names every way from the entry questions to a service", () => {
  const missing = wishes.filter(({ wish, service }) => {
    const row = page.split("\n").find((line) => line.startsWith(`| ${service} `));
    return !Object.entries(wish).every(([question, answer]) => row?.includes(`\`${question}: ${String(answer)}\``));
  });
  expect(missing).toEqual([]);
});
