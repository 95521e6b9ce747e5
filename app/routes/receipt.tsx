import type { AppLoadContext, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Actions, LinkButton } from "#app/components/Button.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { Alert } from "#app/components/Alert.tsx";
import { ReceiptPaper } from "#app/components/ReceiptPaper.tsx";
import { Rows } from "#app/components/Review.tsx";
import { LinkList } from "#app/components/Tiles.tsx";
import { EndSession } from "#app/routes/shared/EndSession.tsx";
import { requireCase } from "#app/routes/shared/case.server.ts";
import { FLED_SERVICE } from "#app/routes/shared/fled.server.ts";
import { householdNote } from "#app/routes/shared/household.server.ts";
import { HouseholdBox } from "#app/routes/shared/HouseholdBox.tsx";
import { leaveOfCase } from "#app/routes/shared/leave.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { receiptPaper } from "#app/routes/shared/receipt-words.server.ts";
import { afterFiling } from "#app/routes/shared/refuge-words.server.ts";
import { frameOf, requireAuthority, requirePage, settingOf, type Page } from "#app/routes/shared/request.server.ts";
import { supplementLines } from "#app/routes/shared/supplement-lines.server.ts";
import { SupplementBox } from "#app/routes/shared/SupplementBox.tsx";
import { supplementOffer } from "#app/routes/shared/status-view.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { helpedOf } from "#app/session.server.ts";
import { eventsOf, firstPayload } from "#app/store/cases.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { statusOf } from "#flows/engine/status.ts";

/** Labels for the papers, where a helper sits with the person. */
function labelsOf({ session }: Pick<AppLoadContext, "session">, page: Page, base: string) {
  if (helpedOf(session) === undefined) return [];
  return [
    { href: `${base}/label.pdf`, title: page.say("pages:helped.label") },
    { href: `${base}/label.pdf?sheet`, title: page.say("pages:helped.sheet") },
  ];
}

/** The receipt: to show to others. It opens nothing; the access code stands on a sheet of its own. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const { found, supplement } = await requireCase(context, page, authority);
  const events = await eventsOf(context.app.database.db, found.id);
  const base = `/${page.language}/${authority.id}`;
  const filed = JSON.parse(firstPayload(found.copy)) as Payload;
  const { law } = settingOf(context, authority, page.language);
  return {
    frame: { ...frameOf(context, page, authority), ...leaveOfCase(page, found.copy) },
    title: tabTitle(page, page.say("pages:receipt.title"), false),
    paper: receiptPaper(context.app, found, authority, events),
    next: [
      { href: `${base}/access-sheet`, title: page.say("pages:accessSheet.print") },
      { href: `${base}/application`, title: page.say("pages:application.view") },
      { href: `${base}/application.pdf`, title: page.say("pages:status.otherWays.pdf") },
      { href: `/${page.language}/status`, title: page.say("pages:status.open") },
    ],
    labels: labelsOf(context, page, base),
    token: context.formToken,
    household: await householdNote(context, page, authority.id),
    supplements: supplementLines(page, found),
    // Whoever filed the short way still has something to do; others find the way on the status page.
    offer:
      found.completeness === "minimal"
        ? supplementOffer(page, found, authority, statusOf(events), supplement)
        : undefined,
    keepCode: found.completeness === "minimal" ? page.say("pages:supplement.keepCode") : undefined,
    steps: [
      ...["save", "access", "pickUp", "appointment"].map((key) => page.say(`pages:receipt.next.${key}`)),
      ...(filed.service.id === FLED_SERVICE ? afterFiling(page, law) : []),
    ],
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function Receipt() {
  const { t } = useTranslation(["pages", "common"]);
  const { frame, paper, next, labels, steps, token, household, supplements, offer, keepCode } =
    useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame}>
      <PageHead title={t("pages:receipt.title")} lead={t("pages:receipt.received")} />
      <div className="ao-stack ao-stack--l">
        <ReceiptPaper {...paper} />
        <p className="ao-muted">{t("pages:receipt.germanCounts")}</p>
        {supplements.length > 0 && (
          <section className="ao-stack" aria-labelledby="supplements">
            <h2 className="kern-heading-medium" id="supplements">
              {t("pages:supplement.sentTitle")}
            </h2>
            <Rows rows={supplements} />
          </section>
        )}
        {keepCode && <Alert tone="warning" title={keepCode} />}
        {offer && <SupplementBox offer={offer} token={token} />}
        <HouseholdBox note={household} />
        <section className="ao-stack ao-noprint" aria-labelledby="next">
          <h2 className="kern-heading-medium" id="next">
            {t("pages:receipt.nextTitle")}
          </h2>
          <ol className="kern-list kern-list--number">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <LinkList links={next.filter(({ href }) => !href.endsWith(".pdf"))} />
          <Actions>
            {next
              .filter(({ href }) => href.endsWith(".pdf"))
              .map(({ href, title }) => (
                <LinkButton key={href} href={href} label={title} file />
              ))}
          </Actions>
          {labels.length > 0 && (
            <p className="ao-row">
              {labels.map(({ href, title }) => (
                <a className="kern-link" key={href} href={href}>
                  {title}
                </a>
              ))}
            </p>
          )}
          <EndSession token={token} />
        </section>
      </div>
    </PageFrame>
  );
}
