import { Alert } from "#app/components/Alert.tsx";
import { Rows } from "#app/components/Review.tsx";
import { QuestionForm, WizardPage, type Conflict } from "#app/routes/shared/StepPage.tsx";
import type { QuestionView } from "#app/routes/shared/step-questions.server.ts";

/** What another tab saved, beside what was typed here. */
export function ConflictNote({ title, text, rows }: Conflict) {
  return (
    <Alert tone="warning" title={title}>
      <p className="kern-body">{text}</p>
      <Rows rows={rows} />
    </Alert>
  );
}

/** A page of questions. */
export function QuestionPage({ view }: { view: QuestionView }) {
  const { wizard, asked, conflict, ...form } = view;
  return (
    <WizardPage {...wizard} problems={asked.problems}>
      <QuestionForm
        id={form.id}
        asked={asked}
        token={form.token}
        revision={form.revision}
        conflict={conflict && <ConflictNote {...conflict} />}
      />
    </WizardPage>
  );
}
