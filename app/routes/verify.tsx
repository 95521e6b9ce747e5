import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/Alert.tsx";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { afterRefusal, refuse } from "#app/routes/shared/refused.server.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { useRefusedTitle } from "#app/routes/shared/useRefusedTitle.ts";
import { receiptTextIn, verifyReceipt } from "#app/routes/shared/verify.server.ts";
import { VerifyForm } from "#app/routes/shared/VerifyForm.tsx";

/** Where anybody checks whether a receipt is genuine. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const say = (key: string) => page.say(`pages:verify.${key}`);
  const text = { name: "receipt", label: say("receipt"), hint: say("receiptHint"), optional: false };
  const form = { token: context.formToken, text, submit: say("submit") };
  return afterRefusal(context, { ...pageBase(context, page, say("title")), lead: say("lead"), form });
}

/** Checks the posted receipt; nothing of it is stored. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  const posted = await readForm(request, context);
  const text = receiptTextIn(posted["receipt"]?.[0] ?? "");
  if (text === "") {
    const title = tabTitle(page, page.say("pages:verify.title"), true);
    return refuse(context, { title, error: page.say("pages:verify.missing"), result: undefined });
  }
  return data({
    title: tabTitle(page, page.say("pages:verify.title"), false),
    error: undefined,
    result: await verifyReceipt(context, page, text),
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function VerifyRoute() {
  const { frame, heading, lead, form } = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>();
  useRefusedTitle(posted);
  const { error, result } = posted ?? {};
  return (
    <PageFrame {...frame}>
      <div className="ao-split">
        <div className="ao-stack">
          <ErrorSummary problems={error ? [{ control: form.text.name, message: error }] : []} attempt={posted} />
          <PageHead title={heading} lead={lead} />
          {result && (
            <Alert tone={result.tone} title={result.title} live>
              {result.texts.map((text) => (
                <p key={text}>{text}</p>
              ))}
            </Alert>
          )}
          <VerifyForm {...form} text={error ? { ...form.text, error } : form.text} />
        </div>
      </div>
    </PageFrame>
  );
}
