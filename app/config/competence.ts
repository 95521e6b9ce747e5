import type { Authority } from "#app/config/authority.ts";

/**
 * The authority competent for a municipality, by its official key (AGS, 8 digits), or `undefined` when none of them is
 * connected. The smallest area that holds the municipality decides; the load has made sure that it is only one.
 */
export function competentAuthority(authorities: readonly Authority[], ags: string): Authority | undefined {
  const holds = (area: string): boolean => ags.startsWith(area);
  return authorities.find(({ competence }) => competence.areas.some(holds) && !competence.except.some(holds));
}

/** The municipal key (AGS, 8 digits) of a regional key (ARS, 12 digits): without the four of the association. */
export function agsOf(ars: string): string {
  return ars.slice(0, 5) + ars.slice(9);
}
