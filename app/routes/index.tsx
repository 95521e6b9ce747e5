import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { chooseLanguage } from "#app/i18n/chooseLanguage.ts";

/** The bare address leads to the start page in the language of the browser. */
export function loader({ request }: LoaderFunctionArgs) {
  const language = chooseLanguage(request.headers.get("accept-language"));
  return redirect(`/${language}`, { status: 302, headers: { vary: "accept-language" } });
}
