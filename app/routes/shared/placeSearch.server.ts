import type { Authority } from "#app/config/authority.ts";
import { agsOf, competentAuthority } from "#app/config/competence.ts";
import { competentFor, findPlaces, type Authority as ReferenceAuthority } from "#app/reference.server.ts";

/** An authority of a postal code with the places it looks after there; `connected` if it takes part in this service. */
export type Hit = { name: string; places: string[]; connected: Authority | undefined };

function optionsFor(postalCode: string, place: string): readonly ReferenceAuthority[] {
  const competence = competentFor(postalCode, place);
  if (competence.kind === "ambiguous") return competence.options;
  return competence.kind === "found" ? [competence] : [];
}

/** Every authority that may be competent in a postal code, each once; none for an unknown one. */
export function authoritiesOf(authorities: readonly Authority[], postalCode: string): Hit[] {
  const hits = new Map<string, Hit>();
  for (const { place } of findPlaces(postalCode)) {
    for (const { ars, name } of optionsFor(postalCode, place)) {
      const connected = competentAuthority(authorities, agsOf(ars));
      const hit = hits.get(ars) ?? { name: connected?.name ?? name, places: [], connected };
      if (!hit.places.includes(place)) hit.places.push(place);
      hits.set(ars, hit);
    }
  }
  return [...hits.values()];
}
