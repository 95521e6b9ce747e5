import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { readForm } from "#app/routes/shared/form.server.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";
import { CLEAR_SITE_DATA, endSessionCookie } from "#app/session.server.ts";

/** Nothing to see: the address only takes posts. */
export function loader({ request, params }: LoaderFunctionArgs) {
  throw redirect(`/${requirePage(request, params).language}`);
}

/** Forgets the access code in this browser, for shared computers; draft and case stay. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  await readForm(request, context);
  const headers = { "set-cookie": endSessionCookie(context.app), "clear-site-data": CLEAR_SITE_DATA };
  throw redirect(`/${page.language}`, { headers });
}
