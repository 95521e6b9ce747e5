import type { Hono } from "hono";
import { z } from "zod";
import { attachedDestination, jsonBody, only, refused, type AppEnv } from "./access.ts";
import { checkCallbackTarget } from "./callbacks.ts";
import { checkDestinationKey } from "./jwks.ts";
import { destinationDescription, UUID, type Destination, type DestinationKey } from "./model.ts";
import { pass, problemResponse, refuse, type Outcome } from "./problems.ts";
import type { Service } from "./service.ts";
import type { Caller } from "./tokens.ts";

/** Public parts of a destination; the address of its callback is for its own subscriber only. */
function view(destination: Destination, caller: Caller | undefined): Record<string, unknown> {
  const { destinationId, name, status, encryptionKid, metadataVersions, publicServices } = destination;
  const isOwner = caller !== undefined && destination.clients.includes(caller.clientId);
  return {
    destinationId,
    name: name.includes("SIMULATOR") ? name : `${name} (SIMULATOR)`,
    status,
    encryptionKid,
    metadataVersions,
    publicServices,
    contactInformation: destination.contactInformation ?? null,
    ...(isOwner ? { callback: destination.callback ? { url: destination.callback.url } : null } : {}),
  };
}

/** Reading destinations and their keys; a token is not needed. `base` is the path of the API version. */
export function addDestinationRoutes(app: Hono<AppEnv>, service: Service, base: string): void {
  app.get(`${base}/destinations/:destinationId`, (c) => {
    const found = service.store.destination(c.req.param("destinationId"));
    return found ? c.json(view(found, c.get("caller"))) : problemResponse({ slug: "destination-not-found" });
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

/** Stand-in for the Self-Service-Portal: a subscriber describes its destination and becomes attached to it. */
export function addPortalRoutes(app: Hono<AppEnv>, service: Service): void {
  app.put(
    "/self-service-portal/v2/destinations/:destinationId",
    only("subscriber", async (c, caller) => {
      const id = c.req.param("destinationId") ?? "";
      if (!UUID.test(id)) return problemResponse({ slug: "destination-invalid", detail: "destinationId is no UUID" });
      const body = await jsonBody(c);
      if (!body.ok) return refused(body);
      return service.locks(id, async () => {
        const known = service.store.destination(id);
        if (known) {
          const attached = attachedDestination(service, caller, id);
          if (!attached.ok) return refused(attached);
        }
        const described = describe(id, body.value, known, caller);
        if (!described.ok) return refused(described);
        await service.store.commit({ type: "destination", value: described.value });
        return c.json(view(described.value, caller), known ? 200 : 201);
      });
    }),
  );
}

const registration = destinationDescription.extend({ keys: z.array(z.unknown()) });

function describe(id: string, input: unknown, known: Destination | undefined, caller: Caller): Outcome<Destination> {
  const parsed = registration.safeParse(input);
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => `${issue.path.join(".")} (${issue.code})`);
    return refuse("destination-invalid", places.join(", "));
  }
  const callback = checkCallbackTarget(parsed.data.callback);
  if (!callback.ok) return callback;
  const keys = mergeKeys(known?.keys ?? [], parsed.data.keys);
  if (!keys.ok) return keys;
  const { encryptionKid } = parsed.data;
  if (!keys.value.some((key) => key.kid === encryptionKid && key.alg === "RSA-OAEP-256")) {
    return refuse("destination-invalid", "encryptionKid names no encryption key");
  }
  if (!keys.value.some((key) => key.alg === "PS512")) return refuse("destination-invalid", "signature key missing");
  const clients = [...new Set([...(known?.clients ?? []), caller.clientId])];
  return pass({ ...parsed.data, destinationId: id, keys: keys.value, clients });
}

/** Known keys plus new ones: a rotated key stays, because old event tokens point to it. */
function mergeKeys(known: readonly DestinationKey[], inputs: readonly unknown[]): Outcome<DestinationKey[]> {
  const merged = [...known];
  for (const input of inputs) {
    const checked = checkDestinationKey(input);
    if (!checked.ok) return checked;
    const key = checked.value;
    const same = merged.find((candidate) => candidate.kid === key.kid);
    if (!same) merged.push(key);
    else if (same.n !== key.n || same.alg !== key.alg) return refuse("key-conflict");
  }
  return pass(merged);
}
