import { setTimeout as wait } from "node:timers/promises";
import type { Hono } from "hono";
import { z } from "zod";
import type { KeyRing, KeyUse } from "./keyRing.ts";
import type { PrivateJwk } from "./keys.ts";
import { createLocks } from "./locks.ts";

const PATIENCE_MS = 2_000;

const wish = z.object({
  use: z.enum(["encryption", "signature"]).default("encryption"),
  destinationId: z.guid().optional(),
});

/** One exchanged key; not registered: the Zustelldienst is away and hears of it as soon as it is back. */
type Rotated = { destinationId: string; use: KeyUse; kid: string; registered: boolean };

type Dependencies = {
  rings: ReadonlyMap<string, KeyRing>;
  newKey: () => Promise<PrivateJwk>;
  /** Tells the Zustelldienst of the keys in force; false when it cannot be reached. */
  register: (destinationId: string) => Promise<boolean>;
};

/** Switches for checks: shows the key ids and exchanges keys while everything runs. */
export function addKeyRoutes(app: Hono, { rings, newKey, register }: Dependencies): void {
  const inTurn = createLocks();

  const replace = (destinationId: string, ring: KeyRing, use: KeyUse, fresh: PrivateJwk): Promise<Rotated> =>
    inTurn(destinationId, async () => {
      await ring.replace(use, fresh);
      const patience = wait(PATIENCE_MS, false, { ref: false });
      const registered = await Promise.race([register(destinationId), patience]);
      return { destinationId, use, kid: fresh.kid, registered };
    });

  app.get("/simulator/keys", (context) => {
    const destinations = [...rings].map(([destinationId, ring]) => ({ destinationId, ...ring.kids() }));
    return context.json({ destinations });
  });

  app.post("/simulator/rotate-key", async (context) => {
    const text = await context.req.text();
    const wanted = wish.safeParse(parsed(text));
    if (!wanted.success) return context.json({ error: "use must be encryption or signature" }, 400);
    const { use, destinationId } = wanted.data;
    const chosen = [...rings].filter(([id]) => destinationId === undefined || id === destinationId);
    if (chosen.length === 0) return context.json({ error: "unknown destination" }, 404);
    // One key pair for all: making one for each would take seconds.
    const fresh = await newKey();
    const rotated = await Promise.all(chosen.map(([id, ring]) => replace(id, ring, use, fresh)));
    return context.json({ rotated });
  });
}

/** A body as JSON; an empty one stands for the defaults. */
function parsed(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
