import type { z } from "zod";
import { isLoopback } from "#app/env/loopback.ts";
import type { variables } from "#app/env/variables.server.ts";

/** The Routing API of FIT-Connect, and the portal that signs what it answers. */
export const routingKeys = ["FITCONNECT_ROUTING_URL", "FITCONNECT_PORTAL_URL"] as const;

type Values = Pick<z.infer<typeof variables>, (typeof routingKeys)[number] | "MODE" | "FITCONNECT_TOKEN_URL">;

/** Rules for looking destinations up: both addresses or none, never without FIT-Connect, real ones in production. */
export function routingProblems(values: Values): string[] {
  const given = routingKeys.filter((name) => values[name] !== undefined);
  if (given.length === 0) return [];
  const missing = routingKeys.filter((name) => values[name] === undefined);
  const problems = missing.map((name) => `${name} is missing. The variables of routing work only together.`);
  if (values.FITCONNECT_TOKEN_URL === undefined)
    problems.push(`${given.join(", ")}: the other FITCONNECT_… are missing.`);
  return values.MODE === "demo" ? problems : [...problems, ...given.flatMap((name) => unsafe(name, values[name]))];
}

function unsafe(name: string, value = ""): string[] {
  const { protocol, hostname } = new URL(value);
  if (isLoopback(hostname)) return [`${name} names this machine, so a simulator. Production needs the real address.`];
  return protocol === "https:" ? [] : [`${name} must begin with https:// in production.`];
}
