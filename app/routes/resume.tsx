import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { CodeForm } from "#app/routes/shared/CodeForm.tsx";
import { readCode } from "#app/routes/shared/code-form.server.ts";
import { entryOf } from "#app/routes/shared/household.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { afterRefusal, refuse } from "#app/routes/shared/refused.server.ts";
import { frameOf, requirePage } from "#app/routes/shared/request.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { useRefusedTitle } from "#app/routes/shared/useRefusedTitle.ts";

export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const title = tabTitle(page, page.say("pages:resume.title"), false);
  return afterRefusal(context, {
    frame: frameOf(context, page),
    title,
    token: context.formToken,
    lost: `/${page.language}/lost-code`,
  });
}

/** Opens the draft or the filed case of a code, or the list of them where it serves several people. Nothing tells a wrong code from an unknown or expired one. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  const posted = await readCode(request, context, page);
  const title = tabTitle(page, page.say("pages:resume.title"), true);
  if ("error" in posted) return refuse(context, { title, ...posted });
  const entry = await entryOf(context, page, posted.secret);
  if (!entry) {
    const error = `${page.say("pages:resume.notFound.title")}. ${page.say("pages:resume.notFound.text")}`;
    return refuse(context, { title, error, typed: posted.typed, control: "code" as const });
  }
  throw redirect(entry.path, { headers: { "set-cookie": entry.cookie } });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function Resume() {
  const { t } = useTranslation(["pages"]);
  const { frame, token, lost } = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>();
  useRefusedTitle(posted);
  return (
    <PageFrame {...frame}>
      <PageHead title={t("pages:resume.title")} lead={t("pages:resume.lead")} />
      <CodeForm
        token={token}
        label={t("pages:resume.label")}
        hint={t("pages:resume.hint")}
        submit={t("pages:resume.submit")}
        posted={posted}
      />
      <p className="kern-body">
        <Link className="kern-link" to={lost}>
          {t("pages:resume.lost")}
        </Link>
      </p>
    </PageFrame>
  );
}
