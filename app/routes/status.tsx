import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { DeadlineBanner } from "#app/components/DeadlineBanner.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { LinkList } from "#app/components/Tiles.tsx";
import { Timeline } from "#app/components/Timeline.tsx";
import { LetterList } from "#app/routes/shared/LetterList.tsx";
import { SupplementBox } from "#app/routes/shared/SupplementBox.tsx";
import { Undelivered } from "#app/routes/shared/Undelivered.tsx";
import { CodeForm } from "#app/routes/shared/CodeForm.tsx";
import { EndSession } from "#app/routes/shared/EndSession.tsx";
import { openSecret, readCode } from "#app/routes/shared/code-form.server.ts";
import { leaveIfHelped } from "#app/routes/shared/helped.server.ts";
import { entryOf, householdNote, type HouseholdNote } from "#app/routes/shared/household.server.ts";
import { HouseholdBox } from "#app/routes/shared/HouseholdBox.tsx";
import { leaveOfCase } from "#app/routes/shared/leave.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { afterRefusal, refuse } from "#app/routes/shared/refused.server.ts";
import { frameOf, requirePage } from "#app/routes/shared/request.server.ts";
import { statusView } from "#app/routes/shared/status-view.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { useRefusedTitle } from "#app/routes/shared/useRefusedTitle.ts";

/** The status of the case of this browser's access code; without one, the form that asks for it. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const { session } = context;
  const opened = session.state === "open" ? await openSecret(context, session.secret) : undefined;
  const title = tabTitle(page, page.say("pages:status.title"), false);
  const token = context.formToken;
  if (opened?.kind !== "case") {
    if (opened?.kind === "nothing") leaveIfHelped(context, page);
    return afterRefusal(context, {
      frame: frameOf(context, page),
      title,
      token,
      status: undefined,
      household: undefined,
    });
  }
  const authority = context.app.config.byId.get(opened.found.authority);
  return {
    frame: { ...frameOf(context, page, authority), ...leaveOfCase(page, opened.found.copy) },
    title,
    token,
    status: await statusView(context, page, opened, authority),
    household: await householdNote(context, page, opened.found.authority),
  };
}

/** Opens the status by access code; a reference typed beside it must be that of the case. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const page = requirePage(request, params);
  const posted = await readCode(request, context, page);
  const title = tabTitle(page, page.say("pages:status.title"), true);
  if ("error" in posted) return refuse(context, { title, ...posted });
  const entry = await entryOf(context, page, posted.secret, posted.reference);
  if (entry) throw redirect(entry.path, { headers: { "set-cookie": entry.cookie } });
  const error = `${page.say("pages:resume.notFound.title")}. ${page.say("pages:resume.notFound.text")}`;
  return refuse(context, { title, error, typed: posted.typed, control: "code" as const });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

type Status = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>["status"]>;

type OfCase = { status: Status; household: HouseholdNote | undefined; token: string };

function StatusOfCase({ status, household, token }: OfCase) {
  const { t } = useTranslation(["pages"]);
  return (
    <div className="ao-stack ao-stack--l" data-status={status.word}>
      <section className="ao-box ao-box--raised ao-stack ao-stack--s">
        <h2 className="kern-heading-medium">{status.heading}</h2>
        <p className="kern-body">{status.text}</p>
        {status.note && <p className="ao-muted ao-codes">{status.note}</p>}
        <p className="kern-body">{status.next}</p>
      </section>
      {status.otherWays && <Undelivered {...status.otherWays} />}
      {status.deadline && <DeadlineBanner {...status.deadline} />}
      <LetterList letters={status.letters} />
      {status.offer && <SupplementBox offer={status.offer} token={token} />}
      <section
        className="ao-stack"
        data-events={status.words.join(" ")}
        data-supplements={status.supplements.join(" ")}
      >
        <h2 className="kern-heading-medium">{t("pages:status.history")}</h2>
        <Timeline entries={status.entries} />
      </section>
      {household && <HouseholdBox note={household} />}
      <section className="ao-stack">
        <h2 className="kern-heading-medium">{t("pages:status.actionsTitle")}</h2>
        <LinkList links={status.links} />
        <p className="ao-muted">{status.copyUntil}</p>
        <EndSession token={token} />
      </section>
    </div>
  );
}

export default function StatusRoute() {
  const { t } = useTranslation(["pages", "common"]);
  const { frame, token, status, household } = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>();
  useRefusedTitle(posted);
  return (
    <PageFrame {...frame}>
      <PageHead title={t("pages:status.title")} lead={status?.lead ?? t("pages:status.openLead")} />
      {status ? (
        <StatusOfCase status={status} household={household} token={token} />
      ) : (
        <CodeForm
          token={token}
          label={t("pages:resume.label")}
          hint={t("pages:resume.hint")}
          reference={{ label: t("common:receipt.reference"), hint: t("pages:status.referenceHint") }}
          submit={t("pages:status.open")}
          posted={posted}
        />
      )}
    </PageFrame>
  );
}
