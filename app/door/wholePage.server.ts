import { createRequestHandler, redirectDocument, type RequestHandler, type ServerBuild } from "@remix-run/node";

/** True for the script of a page that goes on to another one and asks for its data only. */
export function asksForData({ method, url }: Request): boolean {
  return method === "GET" && new URL(url).pathname.endsWith(".data");
}

function loader({ request }: { request: Request }): Response {
  const { pathname, search } = new URL(request.url);
  return redirectDocument(pathname + search);
}

/**
 * Answers scripts that ask for the data of a page at the door: they load the page whole, and so come to the line. The page of the
 * line itself they could not read.
 */
export function wholePage(build: ServerBuild): RequestHandler {
  const { root } = build.routes;
  const door = { id: "door", path: "*", parentId: "root", module: { default: () => null, loader } };
  return createRequestHandler({ ...build, routes: { ...(root && { root }), door } }, "production");
}
