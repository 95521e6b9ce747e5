import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Alert } from "#app/components/Alert.tsx";
import { Actions, LinkButton, SubmitButton } from "#app/components/Button.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { currentDraft } from "#app/routes/shared/draft.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { frameOf, requirePage } from "#app/routes/shared/request.server.ts";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { endSessionCookie } from "#app/session.server.ts";
import { deleteDraft } from "#app/store/drafts.server.ts";
import { removeBlobsOf } from "#app/store/files.server.ts";

/** Deletes the draft of this browser with all its files, asked once more on a page of its own. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const open = await currentDraft(context);
  return {
    frame: frameOf(context, page),
    title: tabTitle(page, page.say("pages:deleteData.title"), false),
    token: context.formToken,
    isDone: new URL(request.url).searchParams.has("done"),
    draftHref: open && `/${page.language}/${open.draft.authority}/triage`,
    resumeHref: `/${page.language}/resume`,
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  await readForm(request, context);
  const open = await currentDraft(context);
  if (!open) throw redirect(`/${page.language}/delete-data`);
  const { db } = context.app.database;
  await deleteDraft(db, open.holder);
  await removeBlobsOf(db, context.app.blobs, open.holder.id);
  throw redirect(`/${page.language}/delete-data?done`, { headers: { "set-cookie": endSessionCookie(context.app) } });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function DeleteData() {
  const { t } = useTranslation(["pages"]);
  const { frame, token, isDone, draftHref, resumeHref } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame}>
      <PageHead title={t("pages:deleteData.title")} lead={t("pages:deleteData.lead")} />
      <div className="ao-stack ao-stack--l">
        {isDone && (
          <Alert tone="success" title={t("pages:deleteData.done")}>
            <p className="kern-body">{t("pages:deleteData.doneText")}</p>
            <p className="kern-body">{t("pages:deleteData.doneBackups")}</p>
          </Alert>
        )}
        {draftHref ? (
          <Form method="post" className="ao-form">
            <HiddenControls token={token} />
            <p className="kern-body">{t("pages:deleteData.what")}</p>
            <Actions>
              <SubmitButton label={t("pages:deleteData.confirm")} icon="delete" />
              <LinkButton variant="tertiary" href={draftHref} label={t("pages:deleteData.keep")} />
            </Actions>
          </Form>
        ) : (
          !isDone && (
            <div className="ao-stack">
              <p className="kern-body">{t("pages:deleteData.nothing")}</p>
              <p className="kern-body">{t("pages:deleteData.code")}</p>
              <Actions>
                <LinkButton href={resumeHref} label={t("pages:resume.title")} />
              </Actions>
            </div>
          )
        )}
        <p className="ao-muted">{t("pages:deleteData.filed")}</p>
      </div>
    </PageFrame>
  );
}
