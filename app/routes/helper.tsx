import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useEffect } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { BeginForm, type BeginView } from "#app/components/operator/BeginForm.tsx";
import { HelpedTable } from "#app/components/operator/HelpedTable.tsx";
import { HelperFrame } from "#app/components/operator/HelperFrame.tsx";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { forgetUnsent } from "#app/components/form/unsent.ts";
import { tellTabs } from "#app/components/session/sessionChannel.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { helperPage, requireHelper } from "#app/routes/shared/helperPage.server.ts";
import { beginFor, beginView, lineOf, rowsOfToday } from "#app/routes/shared/helperToday.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";

/** What a helper began today, and the form that begins the next application. Nothing of any person. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = requireHelper(request, context);
  const rows = await rowsOfToday(context, asked);
  const page = helperPage(context, asked, asked.words.say("operator:helper.title"));
  return {
    ...page,
    lines: rows.map((row) => lineOf(asked, row)),
    begin: beginView(asked),
    isForgotten: new URL(request.url).searchParams.has("forgotten"),
    forgetHref: context.session.state === "none" ? undefined : "/de/forget",
  };
}

/** Begins an application for somebody. */
export async function action({ request, context }: ActionFunctionArgs) {
  const asked = requireHelper(request, context);
  const form = await readForm(request, context);
  const errors = await beginFor(context, asked, form);
  return data(beginView(asked, form, errors), { status: 422 });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

function StillOpen({ href }: { href: string }) {
  const { t } = useTranslation(["operator"]);
  return (
    <Alert tone="warning" title={t("operator:helper.stillOpen")}>
      <form method="post" action={href}>
        <button type="submit" className="kern-btn kern-btn--secondary">
          <span className="kern-label">{t("operator:helper.forget")}</span>
        </button>
      </form>
    </Alert>
  );
}

const problemsOf = ({ errors }: BeginView) =>
  (["language", "authority"] as const).flatMap((name) =>
    errors[name] === undefined ? [] : [{ control: name, message: errors[name] }],
  );

export default function Helper() {
  const { t } = useTranslation(["operator"]);
  const { lines, begin, isForgotten, forgetHref, ...page } = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>();
  const view = posted ?? begin;
  useEffect(() => {
    if (!isForgotten) return;
    forgetUnsent();
    tellTabs("ended");
  }, [isForgotten]);
  return (
    <HelperFrame page={page} current="today">
      <ErrorSummary problems={problemsOf(view)} attempt={posted} />
      <h1 className="kern-heading-large">{t("operator:helper.title")}</h1>
      {isForgotten && <Alert tone="success" title={t("operator:helper.forgotten")} />}
      {forgetHref !== undefined && <StillOpen href={forgetHref} />}
      <section className="ao-stack" aria-labelledby="begin">
        <h2 className="kern-heading-small" id="begin">
          {t("operator:helper.beginTitle")}
        </h2>
        <p className="kern-body">{t("operator:helper.beginText")}</p>
        <BeginForm token={page.token} view={view} />
      </section>
      <section className="ao-stack ao-stack--s" aria-labelledby="today">
        <h2 className="kern-heading-small" id="today">
          {t("operator:helper.caption")}
        </h2>
        {lines.length === 0 ? (
          <p className="kern-body">{t("operator:helper.nothing")}</p>
        ) : (
          <HelpedTable lines={lines} />
        )}
        {lines.some(({ labelHref }) => labelHref !== undefined) && (
          <p className="ao-row">
            <a className="kern-link kern-link--no-visited-state" href="/helper/labels.pdf">
              {t("operator:helper.labels")}
            </a>
            <a className="kern-link kern-link--no-visited-state" href="/helper/labels.pdf?sheet">
              {t("operator:helper.sheet")}
            </a>
          </p>
        )}
      </section>
    </HelperFrame>
  );
}
