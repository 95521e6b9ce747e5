import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { SubmitButton } from "#app/components/Button.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { berlinDate, formatDate, formatTime } from "#app/i18n/format.ts";
import { queueFigures, resendStuck } from "#app/outbox/queue.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { frameOf, requirePage } from "#app/routes/shared/request.server.ts";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";
import { tabTitle } from "#app/routes/shared/step.server.ts";

/** How delivery stands, without anything personal. Open in the demo only: in production it needs a login. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app } = context;
  if (app.env.mode !== "demo") throw data(null, { status: 404 });
  const page = { ...requirePage(request, { lng: "de" }), rest: "" };
  const figures = await queueFigures(app.database.db);
  const names = new Map(app.config.authorities.map((authority) => [destinationKey(authority), authority.name]));
  const moment = (at: Date) =>
    page.say("pages:status.at", { date: formatDate(berlinDate(at), "de"), time: formatTime(at) });
  return {
    frame: frameOf(context, page),
    title: tabTitle(page, page.say("pages:operator.title"), false),
    asOf: moment(app.now()),
    token: context.formToken,
    rows: figures.map(({ destination, state, rows, oldest, lastError }) => ({
      destination: names.get(destination) ?? destination,
      state: page.say(`pages:operator.numbers.${state}`),
      isAlarm: state === "stuck",
      rows,
      oldest: oldest ? moment(oldest) : "–",
      lastError: lastError ?? "–",
    })),
  };
}

/** Sends stuck messages again. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { app } = context;
  if (app.env.mode !== "demo") throw data(null, { status: 404 });
  await readForm(request, context);
  await resendStuck(app.database.db, app.now());
  throw redirect("/operator");
}

function destinationKey({
  id,
  transport,
}: {
  id: string;
  transport: { kind: string; destinationId?: string };
}): string {
  return `${transport.kind}:${transport.destinationId ?? id}`;
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function Operator() {
  const { t } = useTranslation(["pages"]);
  const { frame, asOf, rows, token } = useLoaderData<typeof loader>();
  const columns = ["authority", "state", "waiting", "oldest", "lastError"] as const;
  return (
    <PageFrame {...frame} office>
      <PageHead title={t("pages:operator.title")} lead={asOf} />
      <div className="ao-stack ao-stack--l">
        {rows.some(({ isAlarm }) => isAlarm) ? (
          <Alert tone="danger" title={t("pages:operator.alarms.title")}>
            <Form method="post">
              <HiddenControls token={token} />
              <SubmitButton label={t("pages:operator.actions.resend")} icon="autorenew" />
            </Form>
          </Alert>
        ) : (
          <Alert tone="success" title={t("pages:operator.alarms.none")} />
        )}
        <div className="kern-table-responsive" role="region" aria-labelledby="queue" tabIndex={0}>
          <table className="kern-table kern-table--small">
            <caption className="kern-title kern-title--small" id="queue">
              {t("pages:operator.destinations.caption")}
            </caption>
            <thead>
              <tr className="kern-table__row">
                {columns.map((column) => (
                  <th key={column} className="kern-table__header" scope="col">
                    {t(`pages:operator.destinations.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="kern-table__body">
              {rows.map((row) => (
                <tr key={`${row.destination} ${row.state}`} className="kern-table__row">
                  <td className="kern-table__cell">{row.destination}</td>
                  <td className="kern-table__cell">{row.state}</td>
                  <td className="kern-table__cell kern-table__cell--numeric">{row.rows}</td>
                  <td className="kern-table__cell">{row.oldest}</td>
                  <td className="kern-table__cell">{row.lastError}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {rows.length === 0 && <p className="kern-body">{t("pages:operator.messages.empty")}</p>}
        <p className="ao-muted">{t("pages:operator.demoOnly")}</p>
      </div>
    </PageFrame>
  );
}
