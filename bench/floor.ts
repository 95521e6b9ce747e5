import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { getRequestListener } from "@hono/node-server";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { HTMLElement, parse, TextNode, type Node } from "node-html-parser";
import { createElement, type ReactNode } from "react";
import { renderToPipeableStream } from "react-dom/server";

/**
 * The floor of a page: the same HTML as one React tree behind one Remix route, without session, database, walk, words or
 * log. Started with the HTML file; tells its address on standard output.
 */
const names: Readonly<Record<string, string>> = { class: "className", for: "htmlFor", charset: "charSet" };

function propsOf(element: HTMLElement): Record<string, unknown> {
  const entries = Object.entries(element.attributes).map(([name, value]) => [names[name] ?? name, value]);
  const props = Object.fromEntries(entries) as Record<string, unknown>;
  // React takes these as the first value of a control; as `value` and `checked` it would warn on every page.
  for (const [own, first] of [
    ["value", "defaultValue"],
    ["checked", "defaultChecked"],
    ["selected", "defaultSelected"],
  ] as const) {
    if (!(own in props) || !["INPUT", "TEXTAREA"].includes(element.tagName)) continue;
    props[first] = props[own];
    delete props[own];
  }
  if (element.tagName === "OPTION") delete props["selected"];
  return props;
}

function treeOf(node: Node, key: number): ReactNode {
  if (node instanceof TextNode) return node.text;
  if (!(node instanceof HTMLElement)) return null;
  const props = { ...propsOf(node), key };
  const tag = node.tagName.toLowerCase();
  if (tag === "script" || tag === "style") {
    return createElement(tag, { ...props, dangerouslySetInnerHTML: { __html: node.innerHTML } });
  }
  return createElement(tag, props, ...node.childNodes.map((child, index) => treeOf(child, index)));
}

const page = parse(readFileSync(process.argv[2] ?? "", "utf8")).querySelector("html");
if (!page) throw new Error("floor: the file holds no page");

const build = {
  entry: {
    module: {
      default: (request: Request, status: number, headers: Headers, context: never) =>
        new Promise<Response>((resolve, reject) => {
          const app = createElement(RemixServer, { context, url: request.url });
          const { pipe } = renderToPipeableStream(app, {
            onAllReady: () => {
              const body = new PassThrough();
              buffer(body).then((bytes) => {
                headers.set("content-type", "text/html; charset=utf-8");
                resolve(new Response(new Uint8Array(bytes), { status, headers }));
              }, reject);
              pipe(body);
            },
            onError: reject,
          });
        }),
    },
  },
  // The tree is made anew for each request, as a page makes its own.
  routes: { root: { id: "root", path: "", module: { default: () => treeOf(page, 0) } } },
  assets: {
    entry: { imports: [], module: "" },
    routes: { root: { id: "root", path: "", hasAction: false, hasLoader: false, module: "", imports: [] } },
    url: "",
    version: "floor",
  },
  publicPath: "/",
  assetsBuildDirectory: "",
  future: { v3_singleFetch: true },
  isSpaMode: false,
  mode: "production",
} as unknown as ServerBuild;

const handle = createRequestHandler(build, "production");
const listener = getRequestListener((request) => handle(request), { overrideGlobalObjects: false });
const server = createServer((request, response) => void listener(request, response)).listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}\n`);
});
