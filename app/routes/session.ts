import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { readForm } from "#app/routes/shared/form.server.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";

/** Nothing to see: the address only takes posts. */
export function loader({ request, params }: LoaderFunctionArgs) {
  throw redirect(`/${requirePage(request, params).language}`);
}

/** Says whether the session is open; like every answer of the service it prolongs one that is. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  requirePage(request, params);
  await readForm(request, context);
  return Response.json({ open: context.session.state === "open" });
}
