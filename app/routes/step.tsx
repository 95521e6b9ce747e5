import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { EvidencePage } from "#app/routes/shared/EvidencePage.tsx";
import { GroupPage } from "#app/routes/shared/GroupPage.tsx";
import { QuestionPage } from "#app/routes/shared/QuestionPage.tsx";
import { ResultPage } from "#app/routes/shared/ResultPage.tsx";
import { ReviewPage } from "#app/routes/shared/ReviewPage.tsx";
import { afterRefusal } from "#app/routes/shared/refused.server.ts";
import { requireStep, type StepAt } from "#app/routes/shared/step.server.ts";
import { saveEvidence, viewEvidence } from "#app/routes/shared/step-evidence.server.ts";
import { saveGroup, viewGroup } from "#app/routes/shared/step-group.server.ts";
import { saveQuestions, viewQuestions } from "#app/routes/shared/step-questions.server.ts";
import { viewResult } from "#app/routes/shared/step-result.server.ts";
import { submitReview, viewReview } from "#app/routes/shared/step-review.server.ts";
import { useKeptAnswer } from "#app/routes/shared/useKeptAnswer.ts";
import { useRefusedTitle } from "#app/routes/shared/useRefusedTitle.ts";

function viewOf(at: StepAt) {
  switch (at.definition.kind) {
    case "group":
      return viewGroup(at);
    case "evidence":
      return viewEvidence(at);
    case "review":
      return viewReview(at);
    case "result":
      return viewResult(at);
    default:
      return viewQuestions(at);
  }
}

/** One page of a wizard; what it shows depends on the kind of the step. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  return afterRefusal(context, viewOf(await requireStep(request, params, context)));
}

/** Saves the page and leads on; what is not valid comes back with its errors and everything that was typed. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const at = await requireStep(request, params, context);
  switch (at.definition.kind) {
    case "group":
      return saveGroup(at, request);
    case "evidence":
      return saveEvidence(at, request);
    case "review":
      return submitReview(at, request);
    default:
      return saveQuestions(at, request);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function StepRoute() {
  const loaded = useLoaderData<typeof loader>();
  const posted = useKeptAnswer(loaded, useActionData<typeof action>());
  useRefusedTitle(posted);
  const view = posted ?? loaded;
  switch (view.kind) {
    case "group":
      return <GroupPage view={view} />;
    case "evidence":
      return <EvidencePage view={view} />;
    case "review":
      return <ReviewPage view={view} />;
    case "result":
      return <ResultPage view={view} />;
    default:
      return <QuestionPage view={view} />;
  }
}
