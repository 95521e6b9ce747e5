import { Form } from "@remix-run/react";
import { useContext } from "react";
import { StepActions } from "#app/components/Button.tsx";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { withErrors } from "#app/components/form/live.ts";
import { UnsentNote } from "#app/components/form/UnsentNote.tsx";
import { useQuestionForm } from "#app/components/form/useQuestionForm.tsx";
import { HelpedContext } from "#app/components/HelpedContext.ts";
import { PageHead } from "#app/components/PageHead.tsx";
import { Why } from "#app/components/Why.tsx";
import { ConflictNote } from "#app/routes/shared/ConflictNote.tsx";
import { HiddenControls, QuestionFields } from "#app/routes/shared/StepPage.tsx";
import type { QuestionView } from "#app/routes/shared/step-questions.server.ts";

/** The form of a page of questions, with what is wrong above it. Key it by page. */
export function QuestionForm({ view }: { view: QuestionView }) {
  const { asked, live, revision, token, conflict } = view;
  const { form, onSubmit, errors, problems, attempt, isSending, unsent, rules } = useQuestionForm(
    asked,
    live,
    revision,
  );
  const isHelped = useContext(HelpedContext);
  return (
    <>
      <ErrorSummary problems={problems} attempt={attempt} />
      <PageHead title={asked.title} {...(asked.lead ? { lead: asked.lead } : {})} />
      {conflict && <ConflictNote {...conflict} />}
      <UnsentNote isShown={unsent.restored !== undefined} onDiscard={unsent.discard} />
      <Form
        ref={form}
        className="ao-form"
        method="post"
        noValidate
        autoComplete={isHelped ? "off" : undefined}
        onSubmit={onSubmit}
        data-words=""
        data-rules={rules ? "live" : undefined}
      >
        <HiddenControls token={token} revision={revision} />
        <QuestionFields questions={withErrors(asked.questions, errors)} values={asked.values} />
        {asked.why && <Why text={asked.why} />}
        <StepActions isSending={isSending} />
      </Form>
      {rules}
    </>
  );
}
