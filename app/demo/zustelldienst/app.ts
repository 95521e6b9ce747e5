import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { guardApi, type AppEnv } from "./access.ts";
import { addDestinationRoutes, addKeyListRoute, addPortalRoutes } from "./destinations.ts";
import { addEventRoutes } from "./eventlog.ts";
import { addSubscriberRoutes } from "./inbox.ts";
import { MAXIMUM_JWE_LENGTH } from "./jwe.ts";
import { sweep } from "./lifecycle.ts";
import { problemResponse } from "./problems.ts";
import type { Service } from "./service.ts";
import { addSimulatorRoutes, strikeFaults } from "./simulator.ts";
import { addSenderRoutes } from "./submissions.ts";

const SUBMISSION_API = "/submission-api";
const DESTINATION_API = "/destination-api";
const VERSION = "/v2";
const SWEEP_INTERVAL_MS = 60_000;
const SMALL_BODY = 1024 * 1024;
const SEND_BODY = 64 * 1024 * 1024;

/** All routes of the simulator over one service. */
export function createApp(service: Service): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const small = limit(SMALL_BODY);

  addSimulatorRoutes(app, service);

  for (const prefix of ["/token", `${SUBMISSION_API}/*`, `${DESTINATION_API}/*`])
    app.use(prefix, strikeFaults(service));
  app.post("/token", small, async (c) => service.tokens.answer(c.req.header("content-type"), await c.req.text()));
  app.get(`${SUBMISSION_API}/.well-known/jwks.json`, (c) => c.json({ keys: [service.keys.signing.publicJwk] }));

  let sweptAt = service.now().getTime();
  const guard = guardApi(service);
  for (const prefix of [`${SUBMISSION_API}/*`, `${DESTINATION_API}/*`, "/self-service-portal/*"]) {
    app.use(prefix, guard);
    app.use(prefix, async (_c, next) => {
      const now = service.now().getTime();
      if (now - sweptAt >= SWEEP_INTERVAL_MS) {
        sweptAt = now;
        await sweep(service);
      }
      await next();
    });
  }
  for (const path of ["/submissions", "/cases/*", "/destinations/*"]) app.use(SUBMISSION_API + VERSION + path, small);
  app.use("/self-service-portal/*", small);
  app.put(`${SUBMISSION_API}${VERSION}/submissions/:submissionId`, limit(SEND_BODY));
  app.put(`${SUBMISSION_API}${VERSION}/submissions/:submissionId/attachments/*`, limit(MAXIMUM_JWE_LENGTH));

  addDestinationRoutes(app, service, SUBMISSION_API + VERSION);
  addDestinationRoutes(app, service, DESTINATION_API + VERSION);
  addKeyListRoute(app, service, DESTINATION_API + VERSION);
  addSenderRoutes(app, service, SUBMISSION_API + VERSION);
  addSubscriberRoutes(app, service, SUBMISSION_API + VERSION);
  addEventRoutes(app, service, SUBMISSION_API + VERSION);
  addPortalRoutes(app, service);

  app.notFound(() => problemResponse({ slug: "not-found" }));
  app.onError((error) => {
    process.stderr.write(`Zustelldienst (SIMULATOR): ${error.name}\n`);
    return problemResponse({ slug: "internal-error" });
  });
  return app;
}

function limit(maxSize: number) {
  return bodyLimit({ maxSize, onError: () => problemResponse({ slug: "payload-too-large" }) });
}
