import { z } from "zod";
import type { Env } from "#app/env.server.ts";
import { isLoopback } from "#app/env/loopback.ts";

const ASK_MS = 2_000;
// Before some faults it makes a key first.
const SET_MS = 15_000;

/**
 * A fault of the demo Zustelldienst as its switch takes it; without `count` it stays until it is ended, with `probability`
 * (0 to 1) it strikes now and then.
 */
export type SimulatorFault = { mode: string; delayMs?: number; count?: number; probability?: number };

const answer = z.object({ mode: z.string() });

/** Address of the switch for faults: in the demo only, and only of a simulator on this machine. */
export function faultSwitchOf({ mode, fitConnect }: Pick<Env, "mode" | "fitConnect">): URL | undefined {
  if (mode !== "demo" || !fitConnect) return undefined;
  const url = new URL("/simulator/faults", fitConnect.submissionUrl);
  return isLoopback(url.hostname) ? url : undefined;
}

/** Name of the fault in force, `none` if there is none; `undefined` if no simulator answers. */
export function faultInForce(url: URL): Promise<string | undefined> {
  return ask(url, {}, ASK_MS);
}

/** Puts a fault in force in place of those before. @returns its name; `undefined` if no simulator took it */
export function setFault(url: URL, fault: SimulatorFault): Promise<string | undefined> {
  const headers = { "content-type": "application/json" };
  return ask(url, { method: "POST", headers, body: JSON.stringify(fault) }, SET_MS);
}

async function ask(url: URL, init: RequestInit, timeoutMs: number): Promise<string | undefined> {
  try {
    const response = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
    return response.ok ? answer.parse(await response.json()).mode : undefined;
  } catch {
    return undefined;
  }
}
