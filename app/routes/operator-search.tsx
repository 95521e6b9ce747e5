import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { OperatorFrame } from "#app/components/operator/OperatorFrame.tsx";
import { SearchForm } from "#app/components/operator/SearchForm.tsx";
import { messagesOfReference } from "#app/outbox/deskMessages.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { traceHref } from "#app/routes/shared/operatorHref.ts";
import { operatorPage, requireOperator } from "#app/routes/shared/operatorPage.server.ts";
import { parseReference } from "#app/store/access-code.ts";

/** The form alone, for whoever comes back to this address. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const asked = requireOperator(request, context);
  return operatorPage(context, asked, asked.words.say("operator:search.title"));
}

/** Finds the case of a reference, however it was typed, and leads to its application. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { inScope, words } = requireOperator(request, context);
  const form = await readForm(request, context);
  const typed = form["reference"]?.[0] ?? "";
  const reference = parseReference(typed);
  const [id] = reference === undefined ? [] : await inScope((tx) => messagesOfReference(tx, reference));
  if (id !== undefined) throw redirect(traceHref(id));
  const error = words.say(`operator:search.${reference === undefined ? "malformed" : "unknown"}`);
  return data({ typed: typed.slice(0, 40), error }, { status: 422 });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function OperatorSearch() {
  const { t } = useTranslation(["operator"]);
  const { staff, token } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <OperatorFrame staff={staff} current="messages">
      <ErrorSummary problems={answer ? [{ control: "reference", message: answer.error }] : []} attempt={answer} />
      <h1 className="kern-heading-large">{t("operator:search.title")}</h1>
      <SearchForm token={token} {...answer} />
    </OperatorFrame>
  );
}
