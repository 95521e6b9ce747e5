import type { Authority } from "#app/config/authority.ts";
import { agsOf, competentAuthority } from "#app/config/competence.ts";
import { competentFor, fastTrackBody } from "#app/reference.server.ts";

/** The authority that a result names; `connected` if it takes applications here. */
export type NamedAuthority = { ars: string; name: string; connected: boolean };

/** Who is competent for a place: surely known or not, and its configuration if it takes part in this service. */
export type Competent = { isKnown: boolean; named: NamedAuthority | null; configured: Authority | undefined };

/** How results name an authority of this service. */
export function named(authority: Authority): NamedAuthority {
  return { ars: authority.ars, name: authority.name, connected: authority.transport.kind !== "none" };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Finds the authority of a place (§ 71 AufenthG with the law of the states). */
export function competentAt(
  authorities: readonly Authority[],
  { postalCode, place, applicantIs }: Readonly<Record<string, unknown>>,
): Competent {
  const found = competentFor(textOf(postalCode), textOf(place));
  if (found.kind !== "found") return { isKnown: false, named: null, configured: undefined };
  const central = applicantIs === "employee" ? fastTrackBody(found.kreis) : undefined;
  if (central) {
    return { isKnown: true, named: { ars: central.ars, name: central.name, connected: false }, configured: undefined };
  }
  const configured = competentAuthority(authorities, agsOf(found.ars));
  const reference = { ars: found.ars, name: found.name, connected: false };
  return { isKnown: true, named: configured ? named(configured) : reference, configured };
}
