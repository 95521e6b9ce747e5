import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Actions, LinkButton, SubmitButton } from "#app/components/Button.tsx";
import { ConfirmControl } from "#app/components/ChoiceControl.tsx";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { fileWithdrawal } from "#app/outbox/reply.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { leaveOfCase } from "#app/routes/shared/leave.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { afterRefusal, refuse } from "#app/routes/shared/refused.server.ts";
import { canWithdraw, replyingOf, requireOwnCase, toStatus } from "#app/routes/shared/reply.server.ts";
import { frameOf, requirePage, type Page } from "#app/routes/shared/request.server.ts";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { useKeptAnswer } from "#app/routes/shared/useKeptAnswer.ts";
import { useRefusedTitle } from "#app/routes/shared/useRefusedTitle.ts";

/** The case at hand, as far as it can be withdrawn; otherwise the person is led to its status. */
async function requireWithdrawable(context: AppLoadContext, page: Page) {
  const own = await requireOwnCase(context, page);
  if (!canWithdraw(context.app, own.authority, own.events)) throw toStatus(page);
  return own;
}

/** Asks whether the application is to be withdrawn, and says what that means. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const { found, authority } = await requireWithdrawable(context, page);
  return afterRefusal(context, {
    frame: { ...frameOf(context, page, authority), ...leaveOfCase(page, found.copy) },
    title: tabTitle(page, page.say("pages:withdrawal.title"), false),
    token: context.formToken,
    statusHref: `/${page.language}/status`,
    lead: page.say("pages:status.lead", {
      service: page.say(`services:${found.service}.title`),
      reference: found.reference,
    }),
  });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  const own = await requireWithdrawable(context, page);
  const form = await readForm(request, context);
  if (form["confirm"]?.[0] !== "yes") {
    const title = tabTitle(page, page.say("pages:withdrawal.title"), true);
    const label = page.say("pages:withdrawal.confirm");
    return refuse(context, { title, error: page.say("errors:mustConfirm", { label }) });
  }
  await fileWithdrawal(context.app, replyingOf(context, page, own));
  throw toStatus(page);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function WithdrawRoute() {
  const { t } = useTranslation(["pages"]);
  const loaded = useLoaderData<typeof loader>();
  const { frame, token, statusHref, lead } = loaded;
  const posted = useKeptAnswer(loaded, useActionData<typeof action>());
  useRefusedTitle(posted);
  const error = posted ? { error: posted.error } : {};
  return (
    <PageFrame {...frame}>
      <ErrorSummary problems={posted ? [{ control: "confirm", message: posted.error }] : []} attempt={posted} />
      <PageHead title={t("pages:withdrawal.title")} lead={lead} />
      <div className="ao-stack ao-stack--l">
        <div className="ao-stack">
          <p className="kern-body">{t("pages:withdrawal.what")}</p>
          <ul className="kern-list kern-list--bullet">
            <li>{t("pages:withdrawal.effect")}</li>
            <li>{t("pages:withdrawal.noWayBack")}</li>
            <li>{t("pages:withdrawal.fee")}</li>
          </ul>
          <p className="kern-body">{t("pages:withdrawal.advice")}</p>
        </div>
        <Form className="ao-form" method="post" noValidate>
          <HiddenControls token={token} />
          <ConfirmControl
            text={{ name: "confirm", label: t("pages:withdrawal.confirm"), optional: false, ...error }}
            checked={false}
          />
          <Actions>
            <LinkButton variant="primary" href={statusHref} label={t("pages:withdrawal.keep")} />
            <SubmitButton label={t("pages:withdrawal.submit")} icon="danger" />
          </Actions>
        </Form>
      </div>
    </PageFrame>
  );
}
