import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Actions, LinkButton } from "#app/components/Button.tsx";
import { Checklist } from "#app/components/Checklist.tsx";
import { DeadlineBanner } from "#app/components/DeadlineBanner.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { BackLink, PageHead } from "#app/components/PageHead.tsx";
import { PrintButton } from "#app/components/PrintButton.tsx";
import { Rows } from "#app/components/Review.tsx";
import { formatDate } from "#app/i18n/format.ts";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { addressLines } from "#app/routes/shared/contact.server.ts";
import { leaveOf } from "#app/routes/shared/leave.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { viewResult } from "#app/routes/shared/step-result.server.ts";
import { requireStep } from "#app/routes/shared/step.server.ts";

/** The suggestion of the entry questions as a sheet to print: basis, fee, deadline, authority, papers to gather. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const at = await requireStep(request, { ...params, service: "triage", step: "result" }, context);
  const { page, authority, wizard } = at;
  const { suggestion, deadline, startHref, elsewhere } = viewResult(at);
  if (!suggestion || elsewhere) throw redirect(`${wizard.base}/result`);
  const base = pageBase(context, page, page.say("pages:checklist.title"), authority);
  return {
    ...base,
    frame: { ...base.frame, ...leaveOf(page, suggestion.service, at.facts.answers) },
    suggestion,
    deadline,
    startHref,
    backHref: `${wizard.base}/result`,
    asOf: page.say("pages:checklist.asOf", { date: formatDate(at.facts.today, page.language) }),
    office: [authority.name, ...addressLines(authority.office, authority.contact.address), authority.contact.phone],
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function ChecklistRoute() {
  const { t } = useTranslation(["pages"]);
  const { frame, heading, suggestion, deadline, startHref, backHref, asOf, office } = useLoaderData<typeof loader>();
  const { title, basis, fee, required, conditional } = suggestion;
  return (
    <PageFrame {...frame}>
      <BackLink href={backHref} />
      <PageHead title={heading} lead={title} />
      <div className="ao-stack ao-stack--l">
        {deadline && <DeadlineBanner {...deadline} />}
        <Checklist title={t("pages:result.evidence")} items={required} />
        {conditional.length > 0 && <Checklist title={t("pages:result.conditional")} items={conditional} />}
        <Rows
          rows={[
            { label: t("pages:result.basis"), value: basis ?? "–", isGerman: true },
            { label: t("pages:result.fee"), value: [fee.amount, ...fee.reasons.map(({ text }) => text)] },
            { label: t("pages:result.authority"), value: office, isGerman: true },
          ]}
        />
        <p className="ao-muted">
          {asOf} {t("pages:result.decides")}
        </p>
        <Actions>
          <PrintButton label={t("pages:checklist.print")} />
          {startHref && <LinkButton variant="tertiary" href={startHref} label={t("pages:result.start")} />}
        </Actions>
      </div>
    </PageFrame>
  );
}
