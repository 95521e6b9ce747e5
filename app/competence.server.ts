import type { Authority } from "#app/config/authority.ts";
import { agsOf, competentAuthority } from "#app/config/competence.ts";
import type { App } from "#app/context.server.ts";
import { competentFor, fastTrackBody, findPlaces, type Place } from "#app/reference.server.ts";

/**
 * Who is competent for a residence, and whether that authority takes applications here. Not sure: the reference data only
 * match names, or the place is none of those that the postal code lists.
 */
export type Competent = { name: string; ars: string; connected: Authority | undefined; isSure: boolean };

type Deployment = { app: Pick<App, "config"> };

/** The authority for the place in the answers; `undefined` while the place does not say it. */
export function competentOf({ app }: Deployment, answers: Readonly<Record<string, unknown>>): Competent | undefined {
  const { postalCode, place, applicantIs } = answers;
  if (typeof postalCode !== "string" || typeof place !== "string") return undefined;
  const competence = competentFor(postalCode, place);
  if (competence.kind !== "found") return undefined;
  const central = applicantIs === "employee" ? fastTrackBody(competence.kreis) : undefined;
  if (central) {
    return { name: central.name, ars: central.ars, connected: undefined, isSure: central.certainty === "confirmed" };
  }
  const connected = competentAuthority(app.config.authorities, agsOf(competence.ars));
  const isSure = connected !== undefined || competence.certainty === "confirmed";
  return { name: connected?.name ?? competence.name, ars: competence.ars, connected, isSure };
}

/** The places to choose from if what was typed leaves open which of several authorities is competent. */
export function placesToChoose(
  { app }: Deployment,
  authority: Authority,
  { postalCode, place }: Readonly<Record<string, unknown>>,
): readonly Place[] {
  if (typeof postalCode !== "string" || typeof place !== "string") return [];
  const competence = competentFor(postalCode, place);
  if (competence.kind !== "ambiguous") return [];
  const isClear = competence.options.every(
    ({ ars }) => competentAuthority(app.config.authorities, agsOf(ars))?.id === authority.id,
  );
  return isClear ? [] : findPlaces(postalCode);
}

/** True if the place in the answers surely belongs to another authority (domain 4, R7). */
export function isElsewhere(
  deployment: Deployment,
  authority: Authority,
  answers: Readonly<Record<string, unknown>>,
): boolean {
  const competent = competentOf(deployment, answers);
  return competent !== undefined && competent.connected?.id !== authority.id;
}
