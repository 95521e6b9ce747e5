import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { Badge } from "#app/components/Badge.tsx";
import { ActForm } from "#app/components/operator/ActForm.tsx";
import { Facts, Steps } from "#app/components/operator/MessageTrace.tsx";
import { OperatorFrame } from "#app/components/operator/OperatorFrame.tsx";
import { BackLink } from "#app/components/PageHead.tsx";
import { traceOf } from "#app/outbox/deskMessages.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { actOnMessage } from "#app/routes/shared/operatorActs.server.ts";
import { newsOf } from "#app/routes/shared/operatorNews.server.ts";
import { operatorPage, requireOperator } from "#app/routes/shared/operatorPage.server.ts";
import { traceView } from "#app/routes/shared/operatorTrace.server.ts";
import { notFound } from "#app/routes/shared/request.server.ts";

const idOf = (id: string | undefined): string => z.uuid().safeParse(id).data ?? notFound();

/** The way of one message: attempts, events, alerts and mails in their order. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const asked = requireOperator(request, context);
  const { words, inScope } = asked;
  const id = idOf(params["id"]);
  const found = (await inScope((tx) => traceOf(tx, id))) ?? notFound();
  const trace = traceView(found, context.app, words);
  return {
    ...operatorPage(context, asked, words.say("operator:tabs.message")),
    trace,
    news: newsOf(request, words.say),
  };
}

/** Sends the message again, pauses it or lets it go on. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const asked = requireOperator(request, context);
  const id = idOf(params["id"]);
  return actOnMessage(context.app, asked, id, await readForm(request, context));
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function OperatorMessage() {
  const { t } = useTranslation(["operator"]);
  const { staff, token, trace, news } = useLoaderData<typeof loader>();
  const { problem } = trace;
  return (
    <OperatorFrame staff={staff} current="messages">
      <div className="ao-stack ao-stack--s">
        <BackLink href="/operator/messages" />
        <h1 className="kern-heading-large">{trace.title}</h1>
        <p>
          <Badge {...trace.state} />
        </p>
      </div>
      {news && <Alert tone={news.tone} title={news.text} live />}
      {problem && (
        <Alert tone="warning" title={t("operator:trace.problem", { title: problem.title })}>
          <p>
            <span>{problem.meaning}</span> <span className="ao-code">{problem.code}</span>
          </p>
          <p>{t("operator:alarms.todo", { text: problem.todo })}</p>
        </Alert>
      )}
      <section className="ao-stack ao-stack--s" aria-labelledby="acts">
        <h2 className="kern-heading-small" id="acts">
          {t("operator:trace.acts")}
        </h2>
        <p className="kern-body">{t(trace.acts.length > 0 ? "operator:trace.actsNote" : "operator:trace.noActs")}</p>
        <div className="ao-row">
          {trace.acts.map(({ act, label }) => (
            <ActForm key={act} token={token} action={`/operator/messages/${trace.id}`} values={{ act }} label={label} />
          ))}
        </div>
      </section>
      <section className="ao-stack ao-stack--s" aria-labelledby="facts">
        <h2 className="kern-heading-small" id="facts">
          {t("operator:trace.facts")}
        </h2>
        <Facts facts={trace.facts} />
      </section>
      <Steps steps={trace.steps} />
      {trace.siblings.length > 0 && (
        <section className="ao-stack ao-stack--s" aria-labelledby="siblings">
          <h2 className="kern-heading-small" id="siblings">
            {t("operator:trace.siblings")}
          </h2>
          <ul className="kern-list kern-list--bullet">
            {trace.siblings.map(({ href, label }) => (
              <li key={href}>
                <Link className="kern-link" to={href}>
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </OperatorFrame>
  );
}
