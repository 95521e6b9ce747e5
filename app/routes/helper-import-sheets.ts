import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { germanDemoMark } from "#app/i18n/words.ts";
import { sheetWords } from "#app/i18n/importWords.ts";
import { codeFromText } from "#app/import/sheets.ts";
import { renderFamilySheets } from "#app/pdf/familySheets.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { requireHelper } from "#app/routes/shared/helperPage.server.ts";

/** Nothing to see: the address only takes posts. */
export function loader({ request, context }: LoaderFunctionArgs) {
  requireHelper(request, context);
  throw redirect("/helper/import");
}

/**
 * A sheet for each family of a report that was just shown, with its access code. The codes come from that page: nothing here
 * keeps them. @throws a 400 response if one is none
 */
export async function action({ request, context }: ActionFunctionArgs) {
  requireHelper(request, context);
  const form = await readForm(request, context);
  const sent = form["sheet"] ?? [];
  const [first, ...others] = sent.flatMap(codeFromText);
  if (!first || others.length + 1 < sent.length) throw data(null, { status: 400 });
  const { env, now } = context.app;
  const made = {
    publicUrl: env.publicUrl,
    createdAt: now().toISOString(),
    demo: germanDemoMark(env),
  };
  const bytes = await renderFamilySheets(first, others, made, sheetWords);
  const headers = { "content-type": "application/pdf", "content-disposition": 'inline; filename="Zugangscodes.pdf"' };
  return new Response(new Uint8Array(bytes), { headers });
}
