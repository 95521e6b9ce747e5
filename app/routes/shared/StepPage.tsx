import type { ReactNode } from "react";
import { ContextBar, type ContextBarProps } from "#app/components/ContextBar.tsx";
import { ErrorSummary, type Problem } from "#app/components/ErrorSummary.tsx";
import { FieldControl } from "#app/components/FieldControl.tsx";
import { PageFrame, WizardLayout } from "#app/components/PageFrame.tsx";
import { BackLink } from "#app/components/PageHead.tsx";
import { SectionsNav, type Section } from "#app/components/SectionsNav.tsx";
import type { Frame } from "#app/components/frame.ts";
import { SessionWatch } from "#app/components/session/SessionWatch.tsx";
import type { SessionInfo } from "#app/components/session/session.ts";
import { OtherWay, type OtherWayProps } from "#app/routes/shared/OtherWay.tsx";
import type { Questions } from "#app/routes/shared/questions.server.ts";
import type { FormValues } from "#flows/engine/forms.ts";

/** What every page of a wizard has around its questions. */
export type WizardFrame = {
  frame: Frame;
  bar: ContextBarProps;
  sections: Section[];
  back?: string;
  /** Another way to the same end. */
  otherWay?: OtherWayProps;
  /** Only in a session: pages warn before it ends. */
  session?: SessionInfo;
};

/** Frame, draft bar and sections around a page of a wizard. */
export function WizardPage({
  frame,
  bar,
  sections,
  back,
  session,
  otherWay,
  problems = [],
  children,
}: WizardFrame & { problems?: readonly Problem[]; children: ReactNode }) {
  return (
    <PageFrame {...frame} bar={<ContextBar {...bar} />}>
      <WizardLayout sections={<SectionsNav sections={sections} />}>
        {back && <BackLink href={back} />}
        <ErrorSummary problems={problems} attempt={problems} />
        {otherWay && <OtherWay {...otherWay} />}
        {children}
      </WizardLayout>
      <SessionWatch session={session} />
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
