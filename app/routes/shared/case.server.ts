import { redirect, type AppLoadContext } from "@remix-run/node";
import { openSecret } from "#app/routes/shared/code-form.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { Case } from "#app/store/cases.server.ts";

/** The filed case of this browser's access code; without one the person is asked for the code. */
export async function requireCase(context: AppLoadContext, page: Page): Promise<{ found: Case; secret: Uint8Array }> {
  const { session } = context;
  if (session.state !== "open")
    throw redirect(`/${page.language}/${session.state === "ended" ? "session-ended" : "status"}`);
  const opened = await openSecret(context, session.secret);
  if (opened.kind === "case") return { found: opened.found, secret: session.secret };
  throw redirect(
    opened.kind === "draft" ? `/${page.language}/${opened.draft.authority}/triage` : `/${page.language}/resume`,
  );
}
