import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { StepActions } from "#app/components/Button.tsx";
import { ContextBar, type ContextBarProps } from "#app/components/ContextBar.tsx";
import { ErrorSummary, type Problem } from "#app/components/ErrorSummary.tsx";
import { FieldControl } from "#app/components/FieldControl.tsx";
import { PageFrame, WizardLayout } from "#app/components/PageFrame.tsx";
import { BackLink, PageHead } from "#app/components/PageHead.tsx";
import { SectionsNav, type Section } from "#app/components/SectionsNav.tsx";
import { Why } from "#app/components/Why.tsx";
import type { Frame } from "#app/components/frame.ts";
import type { Questions } from "#app/routes/shared/questions.server.ts";
import type { FormValues } from "#flows/engine/forms.ts";

/** What every page of a wizard has around its questions. */
export type WizardFrame = {
  frame: Frame;
  bar: ContextBarProps;
  sections: Section[];
  back?: string;
};

/** Frame, draft bar and sections around a page of a wizard. */
export function WizardPage({
  frame,
  bar,
  sections,
  back,
  problems,
  children,
}: WizardFrame & { problems: readonly Problem[]; children: ReactNode }) {
  return (
    <PageFrame {...frame} bar={<ContextBar {...bar} />}>
      <WizardLayout sections={<SectionsNav sections={sections} />}>
        {back && <BackLink href={back} />}
        <ErrorSummary problems={problems} attempt={problems} />
        {children}
      </WizardLayout>
    </PageFrame>
  );
}

/** Hidden controls of every form: the token, and the revision the page was made from. */
export function HiddenControls({ token, revision }: { token: string; revision?: number }) {
  return (
    <>
      <input type="hidden" name="csrf" value={token} />
      {revision !== undefined && <input type="hidden" name="revision" value={revision} />}
    </>
  );
}

/** Values that another tab saved meanwhile, shown beside what was typed. */
export type Conflict = { title: string; text: string; rows: readonly { label: string; value: string | string[] }[] };

/** All questions of a page with their controls. */
export function QuestionFields({ questions, values }: { questions: Questions["questions"]; values: FormValues }) {
  return (
    <>
      {questions.map(({ look, options = [], ...question }) => (
        <FieldControl key={question.name} {...question} field={look} values={values} options={options} />
      ))}
    </>
  );
}

/** The form of a page of questions. */
export function QuestionForm({
  id,
  asked,
  token,
  revision,
  conflict,
}: {
  id: string;
  asked: Questions;
  token: string;
  revision: number;
  conflict?: ReactNode;
}) {
  return (
    <>
      <PageHead title={asked.title} {...(asked.lead ? { lead: asked.lead } : {})} />
      {conflict}
      <Form key={id} className="ao-form" method="post" noValidate>
        <HiddenControls token={token} revision={revision} />
        <QuestionFields questions={asked.questions} values={asked.values} />
        {asked.why && <Why text={asked.why} />}
        <StepActions />
      </Form>
    </>
  );
}
