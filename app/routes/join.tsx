import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { refuseBeyondLimit } from "#app/limits.server.ts";
import { CodePage } from "#app/routes/shared/CodePage.tsx";
import { readForm } from "#app/routes/shared/form.server.ts";
import { joinWith } from "#app/routes/shared/join.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { afterRefusal, refuse } from "#app/routes/shared/refused.server.ts";
import { frameOf, requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { useRefusedTitle } from "#app/routes/shared/useRefusedTitle.ts";
import { parseJoinCode } from "#app/store/access-code.ts";

/** Where somebody begins who was invited by a household and applies on a device of their own. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  return afterRefusal(context, {
    frame: frameOf(context, page, authority),
    title: tabTitle(page, page.say("pages:join.title"), false),
    token: context.formToken,
    isOpen: context.session.state === "open",
  });
}

/** Begins the draft of an invitation. Nothing tells a wrong code from one that is over, used or of another authority. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  refuseBeyondLimit(context, "code");
  const form = await readForm(request, context);
  const typed = { code: form["code"]?.[0] ?? "", reference: "" };
  const title = tabTitle(page, page.say("pages:join.title"), true);
  const refused = (error: string) => refuse(context, { title, error, typed, control: "code" as const });
  const parsed = parseJoinCode(typed.code);
  if (!parsed.ok)
    return refused(page.say(parsed.reason === "length" ? "pages:join.incomplete" : "pages:resume.mistyped"));
  const cookie = await joinWith(context, page, authority, parsed.secret);
  if (cookie === undefined) return refused(page.say("pages:join.notFound"));
  const home = `/${page.language}/${authority.id}`;
  const query = new URLSearchParams({ next: `${home}/triage/place` });
  throw redirect(`${home}/save-code?${query.toString()}`, { headers: { "set-cookie": cookie } });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function JoinRoute() {
  const loaded = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>();
  useRefusedTitle(posted);
  return <CodePage about="join" {...loaded} posted={posted} />;
}
