import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { requirePage } from "#app/routes/shared/request.server.ts";
import { CLEAR_SITE_DATA, endSessionCookie } from "#app/session.server.ts";

/** Nothing to see: the address only takes posts. */
export function loader({ request, params }: LoaderFunctionArgs) {
  throw redirect(`/${requirePage(request, params).language}`);
}

/**
 * Forgets the session and leads to the harmless page of the operator. A page that refreshes itself instead of a redirect:
 * the policy of forms lets no post end on another site. No token: leaving must work after the session has ended, and the
 * worst that a foreign page can do is to end a session.
 */
export async function action({ request, params, context }: ActionFunctionArgs) {
  requirePage(request, params);
  // As an URL it has no quotes and angle brackets any more.
  const url = new URL(context.app.config.operator.quickExitUrl).href;
  return new Response(`<!doctype html><meta http-equiv="refresh" content="0;url=${url}"><a href="${url}">${url}</a>`, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "set-cookie": endSessionCookie(context.app),
      "clear-site-data": CLEAR_SITE_DATA,
    },
  });
}
