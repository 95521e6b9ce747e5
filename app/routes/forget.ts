import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { requirePage } from "#app/routes/shared/request.server.ts";
import { withCookies } from "#app/routes/shared/staff.server.ts";
import { CLEAR_SITE_DATA, forgetCookies } from "#app/session.server.ts";
import { staffServiceOf } from "#app/staff/login.server.ts";

/** Nothing to see: the address only takes posts. */
export function loader({ request, params }: LoaderFunctionArgs) {
  throw redirect(`/${requirePage(request, params).language}`);
}

/**
 * Makes the helper's browser forget the applicant whole, ready for the next person: cookies, caches, storage. The login of the
 * helper stays. No token: it must work after the session has ended, and the worst that a foreign page can do is to end one.
 */
export function action({ request, params, context: { app } }: ActionFunctionArgs) {
  const { language } = requirePage(request, params);
  const headers = withCookies(forgetCookies(app));
  headers.set("clear-site-data", CLEAR_SITE_DATA);
  throw redirect(staffServiceOf(app) ? "/helper?forgotten" : `/${language}`, { headers });
}
