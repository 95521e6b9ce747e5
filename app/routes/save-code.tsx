import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { Actions, LinkButton } from "#app/components/Button.tsx";
import { CodeBox } from "#app/components/CodeBox.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { berlinDate, formatDate } from "#app/i18n/format.ts";
import { EndSession } from "#app/routes/shared/EndSession.tsx";
import { requireDraft, saveDraft } from "#app/routes/shared/draft.server.ts";
import { leaveOfDraft } from "#app/routes/shared/leave.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { frameOf, requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { formatAccessCode } from "#app/store/access-code.ts";

/** Only plain addresses of this authority: the query comes from outside. */
function isOwnPath(path: string, home: string): boolean {
  return path.startsWith(`${home}/`) && /^(\/[\w-]+)+(\?from=review)?$/.test(path);
}

/** Shows the access code: after the first saved page of an application, and before leaving. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const open = await requireDraft(context, page, authority);
  if (!open.draft.content.codeShown) await saveDraft(context, open.holder, () => ({ codeShown: true }));
  const query = new URL(request.url).searchParams;
  const home = `/${page.language}/${authority.id}`;
  const next = query.get("next") ?? `${home}/triage`;
  return {
    frame: { ...frameOf(context, page, authority), ...leaveOfDraft(page, open.draft.content) },
    title: tabTitle(page, page.say("pages:saveCode.title"), false),
    code: formatAccessCode(open.code).split("-"),
    until: formatDate(berlinDate(open.draft.expiresAt), page.language),
    isLeaving: query.get("leave") === "yes",
    next: isOwnPath(next, home) ? next : `${home}/triage`,
    sheet: `${home}/access-sheet`,
    household: `${home}/household`,
    token: context.formToken,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function SaveCode() {
  const { t } = useTranslation(["pages"]);
  const { frame, code, until, isLeaving, next, sheet, household, token } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame}>
      <PageHead title={t("pages:saveCode.title")} lead={t("pages:saveCode.lead")} />
      <div className="ao-stack ao-stack--l">
        <div className="ao-box ao-stack">
          <h2 className="kern-heading-small">{t("pages:saveCode.label")}</h2>
          <div className="ao-resume">
            <CodeBox groups={code} />
          </div>
          <p className="kern-body">{t("pages:saveCode.until", { date: until })}</p>
        </div>
        <Alert tone="warning" title={t("pages:saveCode.secret")}>
          {t("pages:saveCode.lost")}
        </Alert>
        {isLeaving && <p className="kern-body">{t("pages:saveCode.leave")}</p>}
        <Actions>
          <LinkButton variant="primary" href={next} label={t("pages:saveCode.continue")} />
          <LinkButton href={sheet} label={t("pages:saveCode.print")} />
          <LinkButton variant="tertiary" href={household} label={t("pages:household.another")} />
        </Actions>
        <EndSession token={token} />
      </div>
    </PageFrame>
  );
}
