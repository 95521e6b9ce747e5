import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { openSecret } from "#app/routes/shared/code-form.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";
import { canSupplement, startSupplement, supplementHref } from "#app/routes/shared/supplement.server.ts";
import { eventsOf } from "#app/store/cases.server.ts";
import { statusOf } from "#flows/engine/status.ts";

/** Nothing to see: the address only takes posts. */
export function loader({ request, params }: LoaderFunctionArgs) {
  throw redirect(`/${requirePage(request, params).language}/status`);
}

/** Begins a supplement of the case of this browser's access code, or goes on with the one that was begun. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  await readForm(request, context);
  const { session, app } = context;
  const status = redirect(`/${page.language}/status`);
  if (session.state !== "open") throw status;
  const opened = await openSecret(context, session.secret);
  if (opened.kind !== "case") throw status;
  const { found } = opened;
  const authority = app.config.byId.get(found.authority);
  const events = await eventsOf(app.database.db, found.id);
  if (!authority || !canSupplement(found, authority, statusOf(events))) throw status;
  if (!opened.supplement) await startSupplement(context, page, { found, holder: session.holder });
  const now = await openSecret(context, session.secret);
  if (now.kind !== "case" || !now.supplement) throw status;
  throw redirect(supplementHref(context, page, authority, now.supplement));
}
