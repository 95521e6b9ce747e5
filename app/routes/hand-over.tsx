import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { Actions, SubmitButton } from "#app/components/Button.tsx";
import { CodeBox } from "#app/components/CodeBox.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { BackLink, PageHead } from "#app/components/PageHead.tsx";
import { QrCode } from "#app/components/QrCode.tsx";
import { readForm } from "#app/routes/shared/form.server.ts";
import {
  handOverView,
  makeTicket,
  requireHelped,
  requireSitting,
  type ShownTicket,
} from "#app/routes/shared/handOver.server.ts";
import { handOverPath } from "#app/routes/shared/helped.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";

/** Where a helped sitting is handed over: to the person alone, who goes on on their own device. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const wantsFile = new URL(request.url).searchParams.has("file");
  const view = await handOverView(context, page, requireSitting(context, page, wantsFile), wantsFile);
  return { ...view, againHref: handOverPath(page) };
}

/** Shows a ticket, this one time. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  const session = requireHelped(context, page);
  await readForm(request, context);
  return { ticket: await makeTicket(context, page, session) };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

const LOOK_MS = 5_000;

/** Looks every few seconds whether the ticket was used, as long as it serves. */
function useLookingAgain(ticket: ShownTicket | undefined, isDone: boolean): void {
  const { revalidate } = useRevalidator();
  const untilMs = ticket?.untilMs ?? 0;
  useEffect(() => {
    if (isDone || untilMs === 0) return undefined;
    const timer = setInterval(() => {
      if (Date.now() < untilMs) revalidate();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [isDone, untilMs, revalidate]);
}

function Ticket({ ticket, againHref }: { ticket: ShownTicket; againHref: string }) {
  const { t } = useTranslation(["pages"]);
  return (
    <section className="ao-box ao-stack" aria-labelledby="ticket">
      <h2 className="kern-heading-medium" id="ticket">
        {t("pages:helped.ticket")}
      </h2>
      <p className="kern-body" role="alert">
        {ticket.how}
      </p>
      <div className="ao-resume">
        <CodeBox groups={ticket.groups} />
      </div>
      <figure className="ao-qr">
        <QrCode modules={ticket.qr} label={t("pages:helped.qr")} />
      </figure>
      <p className="kern-body">{ticket.until}</p>
      <p className="kern-body">
        <Link className="kern-link" to={againHref}>
          {t("pages:helped.again")}
        </Link>
      </p>
    </section>
  );
}

export default function HandOverRoute() {
  const { t } = useTranslation(["pages"]);
  const { frame, token, isDone, canHandOver, unfinished, backHref, noFiles, againHref } =
    useLoaderData<typeof loader>();
  const ticket = useActionData<typeof action>()?.ticket;
  useLookingAgain(ticket, isDone);
  return (
    <PageFrame {...frame}>
      {backHref !== undefined && <BackLink href={backHref} />}
      <PageHead title={t("pages:helped.title")} lead={t("pages:helped.lead")} />
      <div className="ao-stack ao-stack--l">
        {noFiles !== undefined && (
          <Alert tone="info" title={t("pages:helped.noFiles")}>
            {noFiles}
          </Alert>
        )}
        {unfinished !== undefined && (
          <Alert tone="warning" title={t("pages:helped.unfinished")}>
            {unfinished}
          </Alert>
        )}
        {isDone && (
          <Alert tone="success" title={t("pages:helped.done")} live>
            {t("pages:helped.doneText")}
          </Alert>
        )}
        {ticket && !isDone && <Ticket ticket={ticket} againHref={againHref} />}
        {canHandOver && !ticket && (
          <Form method="post">
            <HiddenControls token={token} />
            <Actions>
              <SubmitButton variant="primary" label={t("pages:helped.show")} />
            </Actions>
          </Form>
        )}
        <p className="kern-body">{t("pages:helped.forget")}</p>
      </div>
    </PageFrame>
  );
}
