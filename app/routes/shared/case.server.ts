import { redirect, type AppLoadContext } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import { openSecret } from "#app/routes/shared/code-form.server.ts";
import { leaveIfHelped } from "#app/routes/shared/helped.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { Case } from "#app/store/cases.server.ts";
import type { Draft } from "#app/store/drafts.server.ts";

/** The filed case of this browser's access code at this authority; without one the person is asked for the code. */
export async function requireCase(
  context: AppLoadContext,
  page: Page,
  authority: Authority,
): Promise<{ found: Case; supplement: Draft | undefined }> {
  const { session } = context;
  if (session.state !== "open")
    throw redirect(`/${page.language}/${session.state === "ended" ? "session-ended" : "status"}`);
  const opened = await openSecret(context, session.secret);
  // A receipt in the name of another authority would be a false document.
  if (opened.kind === "case" && opened.found.authority !== authority.id) {
    throw redirect(`/${page.language}/${opened.found.authority}/receipt`);
  }
  if (opened.kind === "case") {
    return { found: opened.found, supplement: opened.supplement };
  }
  if (opened.kind === "nothing") leaveIfHelped(context, page);
  throw redirect(
    opened.kind === "draft" ? `/${page.language}/${opened.draft.authority}/triage` : `/${page.language}/resume`,
  );
}
