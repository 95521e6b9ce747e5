import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/Alert.tsx";
import { Actions, SubmitButton } from "#app/components/Button.tsx";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { LanguageChips } from "#app/components/LanguageSwitch.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { beginFled, refuseFled, viewFled, type FledView } from "#app/routes/shared/fled.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { afterRefusal } from "#app/routes/shared/refused.server.ts";
import { requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { HiddenControls, QuestionFields } from "#app/routes/shared/StepPage.tsx";
import { useRefusedTitle } from "#app/routes/shared/useRefusedTitle.ts";

/** The short entry for people who fled Ukraine (§ 24 AufenthG); Ukrainian and Russian stand first. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  await refuseFled(context, page, authority);
  return afterRefusal(context, viewFled(context, page, authority));
}

/** Begins the application. */
export async function action({ request, params, context }: ActionFunctionArgs): Promise<unknown> {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  await refuseFled(context, page, authority);
  return beginFled(context, page, authority, request);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta(data, { index: true, description: data?.asked.lead });

export default function UkraineRoute() {
  const { t } = useTranslation(["common", "pages"]);
  const loaded = useLoaderData<typeof loader>();
  const posted = useActionData<FledView>();
  useRefusedTitle(posted);
  const { frame, asked, notes, token, others, busy } = posted ?? loaded;
  return (
    <PageFrame {...frame}>
      <div className="ao-stack">
        <LanguageChips links={frame.languageLinks} first={["uk", "ru"]} />
        <ErrorSummary problems={asked.problems} attempt={posted} />
        <PageHead title={asked.title} {...(asked.lead ? { lead: asked.lead } : {})} />
      </div>
      <div className="ao-stack ao-stack--l">
        {busy && (
          <Alert tone="warning" title={busy.title}>
            {busy.text}
          </Alert>
        )}
        <ul className="kern-list kern-list--bullet">
          <li>{t("pages:ukraine.family")}</li>
          <li>{t("pages:ukraine.free")}</li>
          <li>{t("pages:ukraine.replaces")}</li>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
        <Form className="ao-form" method="post" noValidate>
          <HiddenControls token={token} />
          <QuestionFields questions={asked.questions} values={asked.values} />
          <p className="kern-body">{t("pages:ukraine.says")}</p>
          <Actions>
            <SubmitButton variant="primary" label={t("common:actions.save")} />
            <Link className="kern-link" to={others}>
              {t("pages:ukraine.others")}
            </Link>
          </Actions>
        </Form>
      </div>
    </PageFrame>
  );
}
