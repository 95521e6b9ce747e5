import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/Alert.tsx";
import { Actions, LinkButton, SubmitButton } from "#app/components/Button.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { requireDraft } from "#app/routes/shared/draft.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { notResponsibleOf } from "#app/routes/shared/notResponsible.server.ts";
import { requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";
import { short } from "#flows/services/short.ts";
import { moveDraft } from "#app/store/drafts.server.ts";

/** Another authority is competent for the place in the draft: which one, and that nothing was sent. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const { leave, ...view } = await notResponsibleOf(context, page, authority);
  const notSent = page.say("pages:notResponsible.notSent");
  const base = pageBase(context, page, view.heading, authority);
  return { ...base, frame: { ...base.frame, ...leave }, view, notSent, token: context.formToken };
}

/** Takes the draft to the competent authority, with all answers and files. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  await readForm(request, context);
  const open = await requireDraft(context, page, authority);
  const { moveTo } = await notResponsibleOf(context, page, authority);
  if (moveTo === undefined) throw redirect(`/${page.language}/${authority.id}/not-responsible`);
  await moveDraft(context.app.database.db, open.holder, moveTo);
  const wizard = open.draft.content.service === short.id ? short.id : "triage";
  throw redirect(`/${page.language}/${moveTo}/${wizard}`);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function NotResponsibleRoute() {
  const { frame, heading, view, notSent, token } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame}>
      <div className="ao-split">
        <div className="ao-stack">
          <PageHead title={heading} lead={view.lead} />
          <Alert tone="danger" title={notSent}>
            {view.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </Alert>
          {view.texts.map((text) => (
            <p className="kern-body" key={text}>
              {text}
            </p>
          ))}
          {view.finder && (
            <Actions>
              <LinkButton variant="tertiary" document {...view.finder} />
            </Actions>
          )}
          {view.pdf && (
            <Actions>
              <LinkButton variant="tertiary" file {...view.pdf} />
            </Actions>
          )}
          {view.moveTo ? (
            <Form method="post">
              <HiddenControls token={token} />
              <Actions>
                <SubmitButton variant="primary" label={view.next.label} />
              </Actions>
            </Form>
          ) : (
            <Actions>
              <LinkButton variant="primary" {...view.next} />
            </Actions>
          )}
        </div>
      </div>
    </PageFrame>
  );
}
