import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { guardApi, type AppEnv } from "./access.ts";
import { DESTINATION_API, SUBMISSION_API, SUBMISSION_APIS } from "./apis.ts";
import { addActivationRoute, addDestinationRoutes, addKeyListRoute } from "./destinations.ts";
import { addEventRoutes } from "./eventlog.ts";
import { addSubscriberRoutes } from "./inbox.ts";
import { MAXIMUM_JWE_LENGTH } from "./jwe.ts";
import { sweep } from "./lifecycle.ts";
import { addPortalKeyRoute, addPortalRoutes } from "./portal.ts";
import { problemResponse } from "./problems.ts";
import { addRoutingRoutes } from "./routing.ts";
import type { Service } from "./service.ts";
import { addSimulatorRoutes } from "./simulator.ts";
import { strikeFaults } from "./strikes.ts";
import { addSenderRoutes } from "./submissions.ts";

const ROUTING_APIS = ["/routing/v2", "/routing/v1"];
const SWEEP_INTERVAL_MS = 60_000;
const SMALL_BODY = 1024 * 1024;
const SEND_BODY = 64 * 1024 * 1024;

/** All routes of the simulator over one service. */
export function createApp(service: Service): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const small = limit(SMALL_BODY);

  app.use("/simulator/*", small);
  addSimulatorRoutes(app, service);
  addPortalKeyRoute(app, service);

  const apis = [`${SUBMISSION_API}/*`, "/v1/*", "/destination-api/*", "/routing/*"];
  for (const prefix of ["/token", ...apis]) app.use(prefix, strikeFaults(service));
  app.post("/token", small, async (c) => service.tokens.answer(c.req.header("content-type"), await c.req.text()));
  for (const base of [SUBMISSION_API, ""]) {
    app.get(`${base}/.well-known/jwks.json`, (c) => c.json({ keys: [service.keys.signing.publicJwk] }));
  }

  const guard = guardApi(service);
  const swept = sweepNowAndThen(service);
  for (const prefix of [...apis, "/self-service-portal/*"]) app.use(prefix, guard, swept);
  app.use("/self-service-portal/*", small);

  for (const api of SUBMISSION_APIS) {
    for (const path of ["/submissions", "/cases/*", "/destinations/*"]) app.use(api.base + path, small);
    app.put(`${api.base}/submissions/:submissionId`, limit(SEND_BODY));
    app.put(`${api.base}/submissions/:submissionId/attachments/*`, limit(MAXIMUM_JWE_LENGTH));
    addDestinationRoutes(app, service, api);
    addSenderRoutes(app, service, api);
    addSubscriberRoutes(app, service, api);
    addEventRoutes(app, service, api.base);
    if (api.version === "v1") addActivationRoute(app, service, api.base);
  }
  addDestinationRoutes(app, service, { base: DESTINATION_API, version: "v2" });
  addKeyListRoute(app, service, DESTINATION_API);
  for (const base of ROUTING_APIS) addRoutingRoutes(app, service, base);
  addPortalRoutes(app, service);

  app.notFound(() => problemResponse({ slug: "not-found" }));
  app.onError((error) => {
    process.stderr.write(`Zustelldienst (SIMULATOR): ${error.name}\n`);
    return problemResponse({ slug: "internal-error" });
  });
  return app;
}

/** Looks for what is overdue before a call is answered, so that a moved clock shows at once. */
function sweepNowAndThen(service: Service) {
  let sweptAt = service.now().getTime();
  return async (_c: unknown, next: () => Promise<void>) => {
    const now = service.now().getTime();
    if (now - sweptAt >= SWEEP_INTERVAL_MS) {
      sweptAt = now;
      await sweep(service);
    }
    await next();
  };
}

function limit(maxSize: number) {
  return bodyLimit({ maxSize, onError: () => problemResponse({ slug: "payload-too-large" }) });
}
