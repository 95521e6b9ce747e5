import type { ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";
import { expect, test } from "vitest";
import { pageFinder } from "#app/pageHandler.server.ts";
import routes from "#app/routes.ts";

const flat = routes.map(({ id, file, path, index }) => ({ id: id ?? file, path, index }));
const manifest = Object.fromEntries(flat.map((route) => [route.id, { ...route, parentId: "root" }]));
const find = pageFinder(manifest as unknown as ServerBuild["routes"]);
const found = (path: string) => find(new Request(new URL(path, "https://aufenthalt.example.org")));

/** What Remix would choose. */
const chosen = (path: string) =>
  matchRoutes(
    flat.map(({ id, path: own, index }) => (index ? { id, index: true } : { id, path: own ?? "" })),
    path,
  )?.at(-1)?.route.id;

const addresses = routes.map(({ path = "" }) => `/${path.replace(/^\*$/, "no/such/page").replaceAll(/:\w+/g, "x1")}`);

test.each([
  ...addresses,
  "/DE/Status/",
  "/de/potsdam/",
  "/de/potsdam/application",
  "/a/b/c/d/e/f/g",
  "/de/potsdam/receipt/x",
])("%s is the page that Remix finds", (path) => {
  expect(chosen(path)).toBeDefined();
  expect(found(path)).toBe(chosen(path));
});

test("the data of a page belong to it", () => {
  expect(found("/de/status.data?_routes=routes%2Fstatus")).toBe(chosen("/de/status"));
  expect(found("/_root.data")).toBe(chosen("/"));
});
