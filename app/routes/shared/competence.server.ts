import type { AppLoadContext } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import { competentAuthority } from "#app/config/competence.ts";
import { competentFor } from "#app/reference.server.ts";
import { agsOf } from "#app/routes/shared/placeSearch.server.ts";

/** Who is competent for a residence, and whether that authority takes applications here. */
export type Competent = { name: string; ars: string | undefined; connected: Authority | undefined };

/** The authority for the place in the answers; `undefined` while the place does not say it. */
export function competentOf(
  { app }: AppLoadContext,
  answers: Readonly<Record<string, unknown>>,
): Competent | undefined {
  const { postalCode, place } = answers;
  if (typeof postalCode !== "string" || typeof place !== "string") return undefined;
  const competence = competentFor(postalCode, place);
  if (competence.kind !== "found") return undefined;
  const connected = competentAuthority(app.config.authorities, agsOf(competence.ars));
  return { name: connected?.name ?? competence.name, ars: competence.ars, connected };
}

/** True if the place in the answers surely belongs to another authority (domain 4, R7). */
export function isElsewhere(
  context: AppLoadContext,
  authority: Authority,
  answers: Readonly<Record<string, unknown>>,
): boolean {
  const competent = competentOf(context, answers);
  return competent !== undefined && competent.connected?.id !== authority.id;
}
