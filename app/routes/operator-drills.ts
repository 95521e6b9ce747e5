import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { runDrill } from "#app/routes/shared/drills.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { requireOperator } from "#app/routes/shared/operatorPage.server.ts";

/** There is nothing to see here: the drills are on the first page. */
export function loader() {
  throw redirect("/operator");
}

/** Provokes a fault of the demo Zustelldienst, or ends it. Outside of the demo this does not exist. */
export async function action({ request, context }: ActionFunctionArgs) {
  const asked = requireOperator(request, context);
  return runDrill(context.app, asked, await readForm(request, context));
}
