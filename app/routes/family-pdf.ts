import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { familyForm } from "#app/form.server.ts";
import { germanDemoMark } from "#app/i18n/words.ts";
import { refuseFile } from "#app/routes/shared/helped.server.ts";
import { overviewOf, requireHousehold } from "#app/routes/shared/household.server.ts";
import { requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { withoutEnded } from "#app/store/household.server.ts";

/** The overview of the applications of a household at an authority as PDF, as of the last one; a single one has none. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  refuseFile(context, page);
  const { household } = await requireHousehold(context, page);
  const entries = overviewOf(await withoutEnded(context.app.database.db, household), authority);
  const last = entries
    .map(({ filedAt }) => filedAt)
    .toSorted()
    .at(-1);
  if (last === undefined || entries.length < 2) throw redirect(`/${page.language}/${authority.id}/household`);
  const demo = germanDemoMark(context.app.env);
  const bytes = await familyForm({ authority, filedAt: last, demo }, entries);
  const headers = { "content-type": "application/pdf", "content-disposition": 'attachment; filename="Familie.pdf"' };
  return new Response(new Uint8Array(bytes), { headers });
}
