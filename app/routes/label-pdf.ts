import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { LABELS_A_SHEET } from "#app/pdf/labels.server.ts";
import { requireCase } from "#app/routes/shared/case.server.ts";
import { labelsResponse } from "#app/routes/shared/labels.server.ts";
import { requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { helpedOf } from "#app/session.server.ts";

/** Labels for the papers of a filed application, for the helper who sits with the person: one, or a sheet of the same. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const { found } = await requireCase(context, page, authority);
  if (helpedOf(context.session) === undefined) throw redirect(`/${page.language}/${authority.id}/receipt`);
  const isSheet = new URL(request.url).searchParams.has("sheet");
  const references = Array.from({ length: isSheet ? LABELS_A_SHEET : 1 }, () => found.reference);
  return labelsResponse(context, references, isSheet);
}
