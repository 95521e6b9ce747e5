import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { namespaces } from "#app/i18n/namespaces.ts";

/** Sources that become part of what browsers load. */
const sources = globSync("app/{components,routes}/**/*.{ts,tsx}")
  .concat("app/root.tsx")
  .filter((path) => !/\.(test|server)\./.test(path))
  .map((path) => {
    const text = readFileSync(path, "utf8");
    // Loaders and actions run on the server; Remix cuts them out.
    const isServerToo = /\bexport (async )?function (loader|action)\b/.test(text);
    return { path, text: isServerToo ? text.slice(text.search(/\nexport default /)) : text };
  });

const offered = /\{([\w,]+)\}\.json/.exec(readFileSync("app/i18n/i18n.client.ts", "utf8"))?.[1]?.split(",") ?? [];

/** Namespaces that a source takes words from. */
const usedIn = (text: string) =>
  namespaces.filter(
    (name) =>
      name !== "common" && new RegExp(`[^\\w.]t\\(\\s*["'\`]${name}:|[^\\w.]t\\([^)"'\`]*["'\`]${name}:`).test(text),
  );

test("browsers are offered the words of every page at first, and few files of others", () => {
  expect(offered).toEqual(["common", "errors", "fields", "operator", "pages"]);
});

test("what browsers draw takes its words only from files that browsers are offered", () => {
  const found = sources.flatMap(({ path, text }) => usedIn(text).map((name) => `${path} ${name}`));
  expect(found.length).toBeGreaterThan(8);
  expect(found.filter((entry) => !offered.includes(entry.split(" ")[1] ?? ""))).toEqual([]);
});

test("what takes words from another file than the common one says so, so that they are fetched first", () => {
  const silent = sources.flatMap(({ path, text }) =>
    usedIn(text)
      .filter((name) => !new RegExp(`useTranslation\\(\\[[^\\]]*"${name}"`).test(text))
      .map((name) => `${path} ${name}`),
  );
  expect(silent).toEqual([]);
});
