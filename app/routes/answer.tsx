import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useEffect, useRef, type FormEvent } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Actions, DefaultSubmit, LinkButton, SubmitButton } from "#app/components/Button.tsx";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { useSending } from "#app/components/form/useSending.ts";
import { EvidenceUpload } from "#app/components/EvidenceUpload.tsx";
import { FieldControl } from "#app/components/FieldControl.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { SessionWatch } from "#app/components/session/SessionWatch.tsx";
import { postAnswer, viewAnswer } from "#app/routes/shared/answer.server.ts";
import { LetterBody } from "#app/routes/shared/LetterList.tsx";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { afterRefusal } from "#app/routes/shared/refused.server.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";
import { MOST_TEXT } from "#app/routes/shared/answerText.ts";
import { useKeptAnswer } from "#app/routes/shared/useKeptAnswer.ts";
import { useRefusedTitle } from "#app/routes/shared/useRefusedTitle.ts";
import type { FieldLook } from "#flows/engine/fields.ts";

/** The answer to a question of the authority, for the holder of the case. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  return afterRefusal(context, await viewAnswer(context, page, params["letter"] ?? ""));
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  return postAnswer(request, context, requirePage(request, params), params["letter"] ?? "");
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

const look: FieldLook<"text"> = {
  kind: "text",
  optional: false,
  maxLength: MOST_TEXT,
  width: "full",
  ltr: false,
  rows: 8,
  inputMode: "text",
  autoComplete: "off",
};

/**
 * Empties the fields for files once the service has answered: what it took stands in the list and must not be sent again,
 * what it refused has to be chosen anew. Without script the new page does that. No second post goes while one is under way.
 */
function useAnswerForm(answered: unknown) {
  const form = useRef<HTMLFormElement>(null);
  const { isSending } = useSending();
  useEffect(() => {
    for (const field of form.current?.querySelectorAll<HTMLInputElement>("input[type=file]") ?? []) field.value = "";
  }, [answered]);
  const onSubmit = (event: FormEvent) => {
    if (isSending) event.preventDefault();
  };
  return { form, onSubmit, isSending };
}

export default function AnswerRoute() {
  const { t } = useTranslation(["pages", "common"]);
  const loaded = useLoaderData<typeof loader>();
  const posted = useKeptAnswer(loaded, useActionData<typeof action>());
  useRefusedTitle(posted);
  const { form, onSubmit, isSending } = useAnswerForm(posted ?? loaded);
  const { frame, token, session, statusHref, letter, text, textError, upload, problems } = posted ?? loaded;
  return (
    <PageFrame {...frame}>
      <ErrorSummary problems={problems} attempt={posted} />
      <PageHead title={t("pages:answer.title")} lead={t("pages:answer.lead")} />
      <div className="ao-stack ao-stack--l">
        <section className="ao-box ao-stack ao-stack--s" aria-labelledby="letter">
          <h2 className="kern-heading-small" id="letter">
            {t("pages:answer.question")}
          </h2>
          <LetterBody letter={letter} />
        </section>
        <Form ref={form} className="ao-form" method="post" encType="multipart/form-data" noValidate onSubmit={onSubmit}>
          <HiddenControls token={token} />
          <DefaultSubmit />
          <FieldControl
            name="text"
            field={look}
            label={t("pages:answer.label")}
            hint={t("pages:answer.hint")}
            values={{ text: [text] }}
            {...(textError === undefined ? {} : { error: textError })}
          />
          <EvidenceUpload {...upload} />
          <p className="ao-muted">{t("pages:answer.once")}</p>
          <Actions>
            <SubmitButton variant="primary" label={t("pages:answer.send")} isSending={isSending} />
            <SubmitButton name="then" value="stay" label={t("pages:answer.keep")} isSending={isSending} />
            <LinkButton variant="tertiary" href={statusHref} label={t("pages:answer.back")} />
          </Actions>
        </Form>
      </div>
      <SessionWatch session={session} />
    </PageFrame>
  );
}
