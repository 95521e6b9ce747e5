import type { Hono } from "hono";
import { attachedDestination, jsonBody, only, refused, type AppEnv } from "./access.ts";
import type { ApiVersion, SubmissionApi } from "./apis.ts";
import { destinationDescription, type Destination } from "./model.ts";
import { problemResponse } from "./problems.ts";
import type { Service } from "./service.ts";
import type { Caller } from "./tokens.ts";

/** Name of a destination or area as it is shown, so that nobody takes it for a real one. */
export function simulatedName(name: string): string {
  return name.includes("SIMULATOR") ? name : `${name} (SIMULATOR)`;
}

/** Public parts of a destination; the address of its callback is for its own subscriber only. */
export function view(
  destination: Destination,
  caller: Caller | undefined,
  version: ApiVersion = "v2",
): Record<string, unknown> {
  const { destinationId, name, status, encryptionKid, metadataVersions, publicServices } = destination;
  const isOwner = caller !== undefined && destination.clients.includes(caller.clientId);
  return {
    destinationId,
    name: simulatedName(name),
    status,
    encryptionKid,
    metadataVersions,
    ...(version === "v1" ? { services: publicServices } : { publicServices }),
    contactInformation: destination.contactInformation ?? null,
    ...(isOwner ? { callback: destination.callback ? { url: destination.callback.url } : null } : {}),
  };
}

/** Reading destinations and their keys; a token is not needed. */
export function addDestinationRoutes(app: Hono<AppEnv>, service: Service, { base, version }: SubmissionApi): void {
  app.get(`${base}/destinations/:destinationId`, (c) => {
    const found = service.store.destination(c.req.param("destinationId"));
    if (!found) return problemResponse({ slug: "destination-not-found" });
    const shown = service.faults.take("inactive") ? { ...found, status: "inactive" as const } : found;
    return c.json(view(shown, c.get("caller"), version));
  });

  app.get(`${base}/destinations/:destinationId/keys/:kid`, (c) => {
    const found = service.store.destination(c.req.param("destinationId"));
    if (!found) return problemResponse({ slug: "destination-not-found" });
    const key = found.keys.find((candidate) => candidate.kid === c.req.param("kid"));
    return key ? c.json(key) : problemResponse({ slug: "key-not-found" });
  });
}

/** All keys of a destination in one answer, as only the Destination API offers it. */
export function addKeyListRoute(app: Hono<AppEnv>, service: Service, base: string): void {
  app.get(`${base}/destinations/:destinationId/keys`, (c) => {
    const found = service.store.destination(c.req.param("destinationId"));
    return found ? c.json({ keys: found.keys }) : problemResponse({ slug: "destination-not-found" });
  });
}

const activation = destinationDescription.pick({ status: true });

/** Switching a destination on and off by its subscriber, which only the old dialect offers. */
export function addActivationRoute(app: Hono<AppEnv>, service: Service, base: string): void {
  app.patch(
    `${base}/destinations/:destinationId`,
    only("subscriber", async (c, caller) => {
      const id = c.req.param("destinationId") ?? "";
      const body = await jsonBody(c);
      if (!body.ok) return refused(body);
      const wanted = activation.safeParse(body.value);
      if (!wanted.success) return problemResponse({ slug: "malformed-request", detail: "status required" });
      return service.locks(id, async () => {
        const attached = attachedDestination(service, caller, id);
        if (!attached.ok) return refused(attached);
        const changed = { ...attached.value, status: wanted.data.status };
        await service.store.commit({ type: "destination", value: changed });
        return c.json(view(changed, caller, "v1"));
      });
    }),
  );
}
