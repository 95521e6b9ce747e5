import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { Actions, SubmitButton } from "#app/components/Button.tsx";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { FieldControl } from "#app/components/FieldControl.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { BackLink, PageHead } from "#app/components/PageHead.tsx";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { requireDraft, saveDraft } from "#app/routes/shared/draft.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";
import { afterPlace, NONE_OF_THESE, viewWhichPlace } from "#app/routes/shared/whichPlace.server.ts";

/** A postal code of several districts: which of its places is meant decides who is competent (§ 71 AufenthG). */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const open = await requireDraft(context, page, authority);
  return viewWhichPlace(context, page, authority, open.draft.content);
}

/** Keeps the chosen place; without a choice the page comes back, with "none of these" the typed place stays. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const form = await readForm(request, context);
  const open = await requireDraft(context, page, authority);
  const { content } = open.draft;
  const { options } = viewWhichPlace(context, page, authority, content);
  const chosen = form["place"]?.[0];
  if (!options.some(({ value }) => value === chosen)) {
    return data({ error: page.say("errors:required", { label: page.say("fields:place.label") }) }, { status: 422 });
  }
  const place = chosen === NONE_OF_THESE ? content.answers["place"] : chosen;
  const saved = await saveDraft(context, open.holder, (now) => ({ answers: { ...now.answers, place } }));
  throw redirect(afterPlace(context, page, authority, saved?.content ?? content));
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function WhichPlaceRoute() {
  const { frame, heading, lead, label, options, backHref, token } = useLoaderData<typeof loader>();
  const error = useActionData<typeof action>()?.error;
  const { t } = useTranslation();
  return (
    <PageFrame {...frame}>
      <div className="ao-split">
        <div className="ao-stack">
          <BackLink href={backHref} />
          <ErrorSummary problems={error ? [{ control: "place", message: error }] : []} attempt={error} />
          <PageHead title={heading} lead={lead} />
          <Form className="ao-form" method="post" noValidate>
            <HiddenControls token={token} />
            <FieldControl
              name="place"
              label={label}
              optional={false}
              field={{ kind: "choice", optional: false, options: options.map(({ value }) => value) }}
              options={options}
              values={{}}
              {...(error ? { error } : {})}
            />
            <Actions>
              <SubmitButton variant="primary" label={t("actions.save")} />
            </Actions>
          </Form>
        </div>
      </div>
    </PageFrame>
  );
}
