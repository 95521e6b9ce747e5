import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireHelper } from "#app/routes/shared/helperPage.server.ts";
import { rowsOfToday } from "#app/routes/shared/helperToday.server.ts";
import { labelsResponse } from "#app/routes/shared/labels.server.ts";
import { notFound } from "#app/routes/shared/request.server.ts";

/**
 * Labels for what a helper began today and was filed: all, or the row `id` alone; `sheet` puts them on A4. The address names the
 * row, so that no reference stands in it.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = requireHelper(request, context);
  const query = new URL(request.url).searchParams;
  const id = query.get("id");
  const rows = await rowsOfToday(context, asked);
  const wanted = rows.filter((row) => id === null || String(row.id) === id);
  const references = wanted.flatMap(({ reference }) => reference ?? []);
  if (references.length === 0) notFound();
  return labelsResponse(context, references, query.has("sheet"));
}
