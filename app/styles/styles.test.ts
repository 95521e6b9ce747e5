import { existsSync, readdirSync, readFileSync } from "node:fs";
import postcss from "postcss";
import { compile } from "sass";
import { expect, test } from "vitest";
import { fontFiles } from "#app/cli/fonts.mjs";
import { fontPreloads } from "#app/styles/fontPreloads.ts";
import { logical } from "#app/styles/logical.ts";

const compiled = compile("app/styles/app.scss", { loadPaths: ["node_modules"], quietDeps: true, style: "compressed" });
const turned = (source: string) => postcss([logical()]).process(source, { from: undefined }).css;
const css = turned(compiled.css);
const own = readdirSync("app/styles").filter((name) => name.endsWith(".scss") && name !== "kern.scss");

test("every font of the style sheet is one that is built, and the preloads are among them", () => {
  const used = [...css.matchAll(/\/fonts\/([\w.-]+)/g)].map(([, name]) => name);
  expect(new Set(used)).toEqual(new Set(fontFiles().map(({ name }) => name)));
  for (const preload of fontPreloads) expect(used).toContain(preload.replace("/fonts/", ""));
  for (const { source } of fontFiles()) expect(existsSync(source)).toBe(true);
});

test("the style sheet stays small enough for the first page", () => {
  expect(css.length).toBeLessThan(180_000);
});

test("nothing in it depends on the direction of writing", () => {
  const physical = [...css.matchAll(/[{;](?:margin|padding|border)-(?:left|right)\b|text-align:(?:left|right)/g)];
  // KERN's loader is a drawing that must not mirror.
  expect(physical.map(([found]) => found)).toEqual([]);
});

test("our own rules are written in logical properties, without ids and without colours that need new browsers", () => {
  for (const name of own) {
    const source = readFileSync(`app/styles/${name}`, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    expect(source, name).not.toMatch(
      /(?:margin|padding|border)-(?:left|right)|(?:^|[\s;])(?:left|right):|oklch|color-mix/m,
    );
    expect(source, name).not.toMatch(/^\s*#[\w-]+[^;]*\{/m);
  }
});

test("four-sided paddings of KERN become logical, symmetrical ones stay", () => {
  expect(turned("a{padding:1px 2px 3px calc(4px + 1px)}")).toBe(
    "a{padding-block:1px 3px;padding-inline:calc(4px + 1px) 2px}",
  );
  expect(turned("a{margin:1px 2px}")).toBe("a{margin:1px 2px}");
  expect(turned("a{left:0;text-align:right}")).toBe("a{inset-inline-start:0;text-align:end}");
  expect(turned(".kern-form-check__checkbox::before{left:3px}")).toBe(".kern-form-check__checkbox::before{left:3px}");
});
