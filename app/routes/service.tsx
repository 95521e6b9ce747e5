import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { currentDraft } from "#app/routes/shared/draft.server.ts";
import { FLED_SERVICE, fledHref } from "#app/routes/shared/fled.server.ts";
import { requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { blank } from "#app/routes/shared/step.server.ts";
import { requireWizard } from "#app/routes/shared/wizard.server.ts";
import { openStep } from "#flows/engine/walk.ts";

/**
 * The address of a wizard without a step leads to where the person left off, and to its first page as long as nothing of it
 * was saved: a page that nobody must fill in would be passed by otherwise.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const open = await currentDraft(context);
  const entry = open || params.service !== FLED_SERVICE ? undefined : fledHref(page, authority);
  if (entry) throw redirect(entry);
  const wizard = requireWizard(context, page, authority, params.service, open?.draft.content ?? blank);
  const saved = Object.keys(open?.draft.content.revisions ?? {});
  const isBegun = saved.some((step) => step.startsWith(`${wizard.id}/`));
  throw redirect(`${wizard.base}/${isBegun ? openStep(wizard.walked) : wizard.flow.initial}`);
}

/** Makes this a page, so that an unknown service is answered with one; never drawn. */
export default function ServiceRoute() {
  return null;
}
