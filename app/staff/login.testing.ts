import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { App } from "#app/context.server.ts";
import { loadKeys } from "#app/keys.server.ts";
import { parseCookies } from "#app/session.server.ts";
import { staffVisit, type StaffVisit } from "#app/staff/require.server.ts";

/** Address of a service that does not run: the tests go its part of the way themselves. */
export const SERVICE = "http://127.0.0.1:1";

const rules = {
  claim: "groups",
  rules: [
    { value: "abh-potsdam-sachbearbeitung", role: "clerk", authorities: ["potsdam"] },
    { value: "beratung-potsdam", role: "helper", authorities: ["potsdam"] },
    { value: "rechenzentrum-betrieb", role: "operator", authorities: "all" },
  ],
};

/** What logins need of the service, with a clock to set and what was logged. */
export type StaffTestApp = { app: App; folder: string; clock: { now: number }; logged: object[]; remove: () => void };

/** Makes it on a folder of its own. */
export async function staffTestApp(): Promise<StaffTestApp> {
  const folder = mkdtempSync(join(tmpdir(), "staff-"));
  const clock = { now: Date.now() };
  const logged: object[] = [];
  const app = {
    env: { publicUrl: SERVICE, mode: "demo", staff: { issuer: SERVICE, clientId: "client", clientSecret: "s" } },
    config: { staff: rules },
    keys: await loadKeys({ folder: join(folder, "keys"), mayCreate: true }),
    log: { warn: (entry: object) => logged.push(entry) },
    now: () => new Date(clock.now),
  } as unknown as App;
  return { app, folder, clock, logged, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Cookies as a browser keeps them. */
export function cookiesOf(lines: readonly string[], before: ReadonlyMap<string, string> = new Map()) {
  const jar = new Map(before);
  for (const line of lines) {
    const [[name, value] = ["", ""]] = parseCookies(line.split(";")[0] ?? "");
    if (value) jar.set(name, value);
    else jar.delete(name);
  }
  return jar;
}

/** What the service reads of a request. */
export function visitOf(app: App, cookies: ReadonlyMap<string, string>, path = "/operator"): StaffVisit {
  return staffVisit(app, cookies, new Request(`${SERVICE}${path}`));
}

/** Where work is redirected to, or the status with which it is refused. */
export function locationOf(work: () => unknown): string | null | number {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.headers.get("location");
    return (thrown as { init: { status: number } }).init.status;
  }
  return expect.fail("let in");
}
