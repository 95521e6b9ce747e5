import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { ApplicationPaper } from "#app/components/ApplicationPaper.tsx";
import { Actions, LinkButton } from "#app/components/Button.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { BackLink, PageHead } from "#app/components/PageHead.tsx";
import { germanPdfWords } from "#app/i18n/words.ts";
import { applicationPdf } from "#app/pdf/application.server.ts";
import { withReadingHelp } from "#app/pdf/readingHelp.ts";
import { requireCase } from "#app/routes/shared/case.server.ts";
import { leaveOfCase } from "#app/routes/shared/leave.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { readingWords } from "#app/routes/shared/reading-words.server.ts";
import { frameOf, requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { earlierPdfs } from "#app/routes/shared/sentPayloads.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { leadingLanguage } from "#locales/languages.ts";

/** The application as it was sent last, for the person who filed it: the document that the PDF shows too. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const { found } = await requireCase(context, page, authority);
  const payload = JSON.parse(found.copy.payload) as Payload;
  const german = applicationPdf(payload, germanPdfWords);
  const isGerman = page.language === leadingLanguage;
  const base = `/${page.language}/${authority.id}`;
  const pdfHref = `${base}/application.pdf`;
  return {
    frame: { ...frameOf(context, page, authority), ...leaveOfCase(page, found.copy) },
    title: tabTitle(page, page.say("pages:application.title"), false),
    paper: withReadingHelp(german, isGerman ? german : applicationPdf(payload, readingWords(page))),
    isGerman,
    backHref: `${base}/receipt`,
    pdfHref,
    earlier: earlierPdfs(page, found, pdfHref),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function Application() {
  const { t } = useTranslation(["pages"]);
  const { frame, paper, isGerman, backHref, pdfHref, earlier } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame}>
      <BackLink href={backHref} />
      <PageHead title={t("pages:application.title")} lead={t("pages:application.lead")} />
      <div className="ao-stack ao-stack--l">
        {!isGerman && <p className="kern-body">{t("pages:application.germanCounts")}</p>}
        <ApplicationPaper {...paper} />
        <Actions>
          <LinkButton href={pdfHref} label={t("pages:status.otherWays.pdf")} file />
          {earlier.map(({ href, title }) => (
            <LinkButton key={href} variant="tertiary" href={href} label={title} file />
          ))}
        </Actions>
      </div>
    </PageFrame>
  );
}
