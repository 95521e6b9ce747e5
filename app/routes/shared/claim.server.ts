import type { RequestContext } from "#app/http.server.ts";
import { authorityOf } from "#app/routes/shared/household.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { sessionCookie } from "#app/session.server.ts";
import { claimHandOver } from "#app/store/handOver.server.ts";
import { findHousehold } from "#app/store/household.server.ts";
import { SealError } from "#app/store/seal.server.ts";

/**
 * Claims what a ticket hands over and opens its session. Who has a draft is led to the page that shows the new access code, who
 * has filed already to the access sheet.
 * @returns where to go with which cookie; undefined if the ticket opens nothing
 */
export async function claimWith(
  { app, visit, caller }: RequestContext,
  page: Page,
  secret: Uint8Array,
): Promise<{ path: string; cookie: string } | undefined> {
  const { db } = app.database;
  const code = await claimHandOver(db, app.keys, { secret, claimant: visit }, app.now()).catch((error: unknown) => {
    if (error instanceof SealError) return undefined;
    throw error;
  });
  if (!code) return undefined;
  app.limits.giveBack("code", caller);
  const { persons } = await findHousehold(db, code, app.now());
  const person = persons.find(({ draft, found }) => draft && !found) ?? persons[0];
  if (!person) return undefined;
  const cookie = sessionCookie(app, code, person.member);
  const home = `/${page.language}/${authorityOf(person)}`;
  if (person.found) return { path: `${home}/access-sheet`, cookie };
  const next = persons.length > 1 ? `${home}/household` : `${home}/${person.draft?.content.service ?? "triage"}`;
  return { path: `${home}/save-code?${new URLSearchParams({ next }).toString()}`, cookie };
}
