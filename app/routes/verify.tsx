import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { HolderForm } from "#app/components/verify/HolderForm.tsx";
import { OtherWays } from "#app/components/verify/OtherWays.tsx";
import { ResultBox } from "#app/components/verify/ResultBox.tsx";
import { useScannedReceipt } from "#app/components/verify/useScannedReceipt.ts";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { afterRefusal, refuse } from "#app/routes/shared/refused.server.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { useRefusedTitle } from "#app/routes/shared/useRefusedTitle.ts";
import { checkProof, isHolder, wordsOf } from "#app/routes/shared/verify.server.ts";
import {
  controlOf,
  holderIn,
  holderValues,
  proofIn,
  readQuestion,
  wayLinks,
  wayOf,
  wayPath,
} from "#app/routes/shared/verifyQuestion.server.ts";
import { VerifyForm } from "#app/routes/shared/VerifyForm.tsx";

/** Where anybody checks whether a receipt is genuine: one form for each way, chosen by the address. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const way = wayOf(new URL(request.url).searchParams.get("way"));
  return afterRefusal(context, {
    ...pageBase(context, page, page.say("pages:verify.title")),
    lead: page.say("pages:verify.lead"),
    token: context.formToken,
    way,
    ways: wayLinks(page),
    scannedTo: wayPath(page, "receipt"),
  });
}

/** Checks what was posted, and a person beside it; nothing of it is stored. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  const form = await readQuestion(request, context);
  const titled = (hasErrors: boolean) => tabTitle(page, page.say("pages:verify.title"), hasErrors);
  const proof = proofIn(form, page);
  if ("control" in proof) {
    const values = { reference: [form["reference"]?.[0] ?? ""] };
    return refuse(context, { title: titled(true), problems: [proof], values, result: undefined, proved: undefined });
  }
  const shown = await checkProof(context, proof);
  const proved = shown && { way: proof.way, control: controlOf(proof.way), value: proof.value };
  if (!shown || form["holder"] === undefined) {
    const result = wordsOf(page, proof, shown);
    return data({ title: titled(false), problems: [], values: {}, result, proved });
  }
  const person = holderIn(form, page);
  if ("problems" in person) {
    const values = holderValues(form);
    return refuse(context, { title: titled(true), ...person, values, result: undefined, proved });
  }
  const result = wordsOf(page, proof, shown, await isHolder(context, shown, person.typed));
  return data({ title: titled(false), problems: [], values: {}, result, proved });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function VerifyRoute() {
  const loaded = useLoaderData<typeof loader>();
  const { frame, heading, lead, token, way } = loaded;
  const posted = useActionData<typeof action>();
  useRefusedTitle(posted);
  useScannedReceipt(token, loaded.scannedTo);
  const { problems = [], values = {}, result, proved } = posted ?? {};
  return (
    <PageFrame {...frame}>
      <div className="ao-split">
        <div>
          <ErrorSummary problems={problems} attempt={posted} />
          <PageHead title={heading} lead={lead} />
          <div className="ao-stack ao-stack--l">
            {result && <ResultBox {...result} attempt={posted} />}
            {proved ? (
              <HolderForm token={token} proved={proved} problems={problems} values={values} attempt={posted} />
            ) : (
              <VerifyForm key={way} way={way} token={token} error={problems[0]?.message} values={values} />
            )}
            <OtherWays ways={loaded.ways.filter(({ id }) => proved !== undefined || id !== way)} isAgain={!!proved} />
          </div>
        </div>
      </div>
    </PageFrame>
  );
}
