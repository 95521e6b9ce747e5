import {
  redirect,
  type ActionFunctionArgs,
  type AppLoadContext,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { Actions, LinkButton, SubmitButton } from "#app/components/Button.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { isolated } from "#app/routes/shared/base.server.ts";
import { openSecret, type Opened } from "#app/routes/shared/code-form.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { afterDeletion, namedAmongOthers } from "#app/routes/shared/household.server.ts";
import { leaveOfCase, leaveOfDraft } from "#app/routes/shared/leave.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { frameOf, requirePage, type Page } from "#app/routes/shared/request.server.ts";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { endSessionCookie } from "#app/session.server.ts";
import { deleteDraft } from "#app/store/drafts.server.ts";
import { removeBlobsOf } from "#app/store/files.server.ts";
import { deleteCase } from "#app/store/retention.server.ts";

/**
 * Deletes the draft of this browser, or its copy of a filed application, asked once more on a page of its own. Where the access
 * code serves several people, it deletes what belongs to the one at hand.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const { session } = context;
  const opened: Opened = session.state === "open" ? await openSecret(context, session.secret) : { kind: "nothing" };
  return {
    frame: { ...frameOf(context, page), ...leaveOfOpened(page, opened) },
    title: tabTitle(page, page.say("pages:deleteData.title"), false),
    token: context.formToken,
    isDone: new URL(request.url).searchParams.has("done"),
    keepHref: keepHref(page, opened),
    what: page.say(`pages:deleteData.${whatOf(opened)}`),
    whose: await whoseOf(context, page),
    isRefused: new URL(request.url).searchParams.has("waiting"),
    resumeHref: `/${page.language}/resume`,
  };
}

/** Words for whose data are deleted, where the access code serves several people. */
async function whoseOf(context: AppLoadContext, page: Page): Promise<string | undefined> {
  const name = await namedAmongOthers(context, page);
  return name === undefined ? undefined : page.say("pages:household.deleteOne", { name: isolated(name, page) });
}

function leaveOfOpened(page: Page, opened: Opened) {
  if (opened.kind === "case") return leaveOfCase(page, opened.found.copy);
  return opened.kind === "draft" ? leaveOfDraft(page, opened.draft.content) : {};
}

/** Words for what is deleted: of a case with a begun supplement the supplement alone. */
function whatOf(opened: Opened): "supplement" | "copy" | "what" {
  if (opened.kind !== "case") return "what";
  return opened.supplement ? "supplement" : "copy";
}

function keepHref(page: Page, opened: Opened): string | undefined {
  if (opened.kind === "case") return `/${page.language}/status`;
  return opened.kind === "draft" ? `/${page.language}/${opened.draft.authority}/triage` : undefined;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  await readForm(request, context);
  const { session, app } = context;
  const { db } = app.database;
  if (session.state !== "open") throw redirect(`/${page.language}/delete-data`);
  const opened = await openSecret(context, session.secret);
  if (opened.kind === "case" && opened.supplement) {
    await deleteDraft(db, session.holder);
    await removeBlobsOf(db, app.blobs, session.holder.id);
    throw redirect(`/${page.language}/status`);
  }
  if (opened.kind === "case" && !(await deleteCase(db, app.blobs, opened.found.id))) {
    throw redirect(`/${page.language}/delete-data?waiting`);
  }
  if (opened.kind === "draft") {
    await deleteDraft(db, session.holder);
    await removeBlobsOf(db, app.blobs, session.holder.id);
  }
  const rest = await afterDeletion(context, page, session.code);
  if (rest) throw redirect(rest.path, { headers: { "set-cookie": rest.cookie } });
  throw redirect(`/${page.language}/delete-data?done`, { headers: { "set-cookie": endSessionCookie(app) } });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function DeleteData() {
  const { t } = useTranslation(["pages"]);
  const { frame, token, isDone, isRefused, keepHref: keep, what, whose, resumeHref } = useLoaderData<typeof loader>();
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
        {isRefused && <Alert tone="warning" title={t("pages:deleteData.waiting")} />}
        {keep ? (
          <Form method="post" className="ao-form">
            <HiddenControls token={token} />
            {whose && <p className="kern-body">{whose}</p>}
            <p className="kern-body">{what}</p>
            <Actions>
              <SubmitButton label={t("pages:deleteData.confirm")} icon="delete" />
              <LinkButton variant="tertiary" href={keep} label={t("pages:deleteData.keep")} />
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
