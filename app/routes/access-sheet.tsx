import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AccessSheet } from "#app/components/AccessSheet.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { berlinDate, formatDate } from "#app/i18n/format.ts";
import { openSecret } from "#app/routes/shared/code-form.server.ts";
import { leaveIfHelped } from "#app/routes/shared/helped.server.ts";
import { leaveOfCase, leaveOfDraft } from "#app/routes/shared/leave.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { qrModules } from "#app/routes/shared/qr.server.ts";
import { frameOf, requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { formatAccessCode } from "#app/store/access-code.ts";

/** The access sheet: to keep. The code stands behind `#` in the QR code, where no server ever sees it. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const { session, app } = context;
  if (session.state !== "open")
    throw redirect(`/${page.language}/${session.state === "ended" ? "session-ended" : "resume"}`);
  const opened = await openSecret(context, session.secret);
  const owner =
    opened.kind === "draft" ? opened.draft.authority : opened.kind === "case" ? opened.found.authority : undefined;
  if (owner !== undefined && owner !== authority.id) throw redirect(`/${page.language}/${owner}/access-sheet`);
  if (opened.kind === "nothing") leaveIfHelped(context, page);
  if (opened.kind === "nothing") throw redirect(`/${page.language}/resume`);
  const code = formatAccessCode(session.code);
  const url = `${app.env.publicUrl}/${page.language}/resume`;
  const draft =
    opened.kind === "draft"
      ? [
          page.say("pages:accessSheet.draftUntil", {
            date: formatDate(berlinDate(opened.draft.expiresAt), page.language),
          }),
        ]
      : [];
  const reference =
    opened.kind === "case" ? [`${page.say("pages:accessSheet.reference")}: ${opened.found.reference}`] : [];
  return {
    frame: {
      ...frameOf(context, page, authority),
      ...(opened.kind === "draft" ? leaveOfDraft(page, opened.draft.content) : leaveOfCase(page, opened.found.copy)),
    },
    title: tabTitle(page, page.say("pages:accessSheet.title"), false),
    heading: page.say("pages:accessSheet.title"),
    lead: page.say("pages:accessSheet.lead"),
    sheet: {
      title: page.say("pages:accessSheet.code"),
      paragraphs: [
        ...reference,
        page.say(opened.kind === "draft" ? "pages:accessSheet.useDraft" : "pages:accessSheet.useStatus", { url }),
        page.say("pages:accessSheet.useScan"),
        ...draft,
        page.say("pages:accessSheet.lost"),
      ],
      groups: code.split("-"),
      qr: qrModules(`${url}#${code}`),
    },
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function AccessSheetRoute() {
  const { frame, heading, lead, sheet } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame}>
      <PageHead title={heading} lead={lead} />
      <AccessSheet {...sheet} />
    </PageFrame>
  );
}
