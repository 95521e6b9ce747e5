import { QuestionForm } from "#app/routes/shared/QuestionForm.tsx";
import { WizardPage } from "#app/routes/shared/StepPage.tsx";
import type { QuestionView } from "#app/routes/shared/step-questions.server.ts";

/** A page of questions. */
export function QuestionPage({ view }: { view: QuestionView }) {
  return (
    <WizardPage {...view.wizard}>
      <QuestionForm key={view.id} view={view} />
    </WizardPage>
  );
}
