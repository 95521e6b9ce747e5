import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { refuseBeyondLimit } from "#app/limits.server.ts";
import { claimWith } from "#app/routes/shared/claim.server.ts";
import { CodePage } from "#app/routes/shared/CodePage.tsx";
import { readForm } from "#app/routes/shared/form.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { afterRefusal, refuse } from "#app/routes/shared/refused.server.ts";
import { frameOf, requirePage } from "#app/routes/shared/request.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { useRefusedTitle } from "#app/routes/shared/useRefusedTitle.ts";
import { parseTicket } from "#app/store/access-code.ts";

/** Where somebody who was helped takes the application over, on a device of their own. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  return afterRefusal(context, {
    frame: frameOf(context, page),
    title: tabTitle(page, page.say("pages:claim.title"), false),
    token: context.formToken,
    isOpen: context.session.state === "open",
  });
}

/** Claims the application of a ticket. Nothing tells a wrong ticket from one that is over or used. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  refuseBeyondLimit(context, "code");
  const form = await readForm(request, context);
  const typed = { code: form["code"]?.[0] ?? "", reference: "" };
  const title = tabTitle(page, page.say("pages:claim.title"), true);
  const refused = (error: string) => refuse(context, { title, error, typed, control: "code" as const });
  const parsed = parseTicket(typed.code);
  if (!parsed.ok)
    return refused(page.say(parsed.reason === "length" ? "pages:claim.incomplete" : "pages:resume.mistyped"));
  const entry = await claimWith(context, page, parsed.secret);
  if (!entry) return refused(page.say("pages:claim.notFound"));
  throw redirect(entry.path, { headers: { "set-cookie": entry.cookie } });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function ClaimRoute() {
  const loaded = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>();
  useRefusedTitle(posted);
  return <CodePage about="claim" {...loaded} posted={posted} />;
}
