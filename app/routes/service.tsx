import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { currentDraft } from "#app/routes/shared/draft.server.ts";
import { requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { blank } from "#app/routes/shared/step.server.ts";
import { requireWizard } from "#app/routes/shared/wizard.server.ts";
import { openStep } from "#flows/engine/walk.ts";

/** The address of a wizard without a step leads to where the person left off. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const open = await currentDraft(context);
  const wizard = requireWizard(context, page, authority, params.service, open?.draft.content ?? blank);
  throw redirect(`${wizard.base}/${openStep(wizard.walked)}`);
}

/** Makes this a page, so that an unknown service is answered with one; never drawn. */
export default function ServiceRoute() {
  return null;
}
