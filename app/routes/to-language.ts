import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { chooseLanguage } from "#app/i18n/chooseLanguage.ts";

/**
 * Short addresses, as papers and QR codes name them, lead to the page in the language of the browser. Browsers keep what
 * stands after `#` across the redirect; a post that was refused arrives here as GET and stays one.
 */
export function loader({ request }: LoaderFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = chooseLanguage(request.headers.get("accept-language"));
  const path = pathname.replace(/\.data$/, "").replace(/\/+$/, "");
  return redirect(`/${language}${path}`, { status: 302, headers: { vary: "accept-language" } });
}
