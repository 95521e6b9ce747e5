import { createServer, type Server } from "node:http";
import type { Health } from "#app/health.server.ts";

/** Answers `/health` and `/health/live` as the service does, and nothing else: for processes without pages. */
export function healthOnly(health: (draining: boolean) => Promise<Health>, isDraining: () => boolean): Server {
  return createServer(async (request, response) => {
    const answer = (status: number, body: unknown) =>
      response
        .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
        .end(JSON.stringify(body));
    request.resume();
    if (request.method !== "GET" && request.method !== "HEAD") return answer(405, { status: "405" });
    if (request.url === "/health/live") return answer(200, { status: "ok" });
    if (request.url !== "/health") return answer(404, { status: "404" });
    const report = await health(isDraining());
    return answer(report.status === "down" ? 503 : 200, report);
  });
}
