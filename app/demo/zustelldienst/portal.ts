import type { Hono } from "hono";
import { z } from "zod";
import { attachedDestination, jsonBody, only, refused, type AppEnv } from "./access.ts";
import { checkCallbackTarget } from "./callbacks.ts";
import { view } from "./destinations.ts";
import { checkDestinationKey } from "./jwks.ts";
import { destinationDescription, UUID, type Destination, type DestinationKey } from "./model.ts";
import { pass, problemResponse, refuse, type Outcome } from "./problems.ts";
import type { Service } from "./service.ts";
import type { Caller } from "./tokens.ts";

/** Path of the stand-in for the Self-Service-Portal; it is also who signs addressing information. */
export const PORTAL = "/self-service-portal";

/** The public key of the portal, by which the signatures of routes are checked; no token is needed. */
export function addPortalKeyRoute(app: Hono<AppEnv>, service: Service): void {
  app.get(`${PORTAL}/.well-known/jwks.json`, async (c) => {
    const { publicJwk } = await service.portal.key();
    return c.json({ keys: [publicJwk] });
  });
}

/** Stand-in for the Self-Service-Portal: a subscriber describes its destination and becomes attached to it. */
export function addPortalRoutes(app: Hono<AppEnv>, service: Service): void {
  app.put(
    `${PORTAL}/v2/destinations/:destinationId`,
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
