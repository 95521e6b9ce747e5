import { agsOf, competentAuthority } from "#app/config/competence.ts";
import type { Authority } from "#app/config/authority.ts";
import { competentFor } from "#app/reference.server.ts";
import type { Facts } from "#flows/engine/facts.ts";

/** True if the place of the answers surely belongs to another authority (domain 4, R7). */
export function belongsElsewhere(
  authorities: readonly Authority[],
  authority: Authority,
  { postalCode, place }: Facts["answers"],
): boolean {
  if (typeof postalCode !== "string" || typeof place !== "string") return false;
  const found = competentFor(postalCode, place);
  if (found.kind !== "found") return false;
  return competentAuthority(authorities, agsOf(found.ars))?.id !== authority.id;
}
