import { isLoopback } from "#app/env/loopback.ts";

/** Variables that only together open the pages of staff. */
export const staffKeys = ["STAFF_ISSUER", "STAFF_CLIENT_ID", "STAFF_CLIENT_SECRET"] as const;

type StaffVariables = { readonly MODE: "demo" | "production" } & {
  readonly [Name in (typeof staffKeys)[number]]?: string | undefined;
};

/** Rules for the login of staff: all variables or none, and nobody else on the way to the login service. */
export function staffProblems(values: StaffVariables): string[] {
  const missing = staffKeys.filter((name) => values[name] === undefined);
  if (missing.length === staffKeys.length) return [];
  const problems = missing.map((name) => `${name} is missing. The variables of the staff login work only together.`);
  if (values.STAFF_ISSUER === undefined) return problems;
  const { protocol, hostname } = new URL(values.STAFF_ISSUER);
  const isHere = isLoopback(hostname);
  if (values.MODE === "production" && isHere) {
    problems.push("STAFF_ISSUER names this machine, so a simulator. Production needs the real login service.");
  } else if (protocol !== "https:" && !isHere) {
    problems.push("STAFF_ISSUER must begin with https://; only the demo on this machine may use http.");
  }
  return problems;
}
