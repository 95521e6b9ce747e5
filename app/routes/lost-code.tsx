import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { TextPage, type TextSection } from "#app/components/TextPage.tsx";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";

/** Nobody can restore an access code; the page says so, and what can still be done. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const say = (key: string) => page.say(`pages:lostCode.${key}`);
  const link = (href: string, key: string) => ({
    kind: "links" as const,
    links: [{ href: `/${page.language}${href}`, label: say(key) }],
  });
  const sections: TextSection[] = [
    { paragraphs: [say("why")] },
    {
      heading: say("lookTitle"),
      paragraphs: [["sheet", "browser", "notes"].map((key) => say(`look.${key}`)), link("/resume", "found")],
    },
    { heading: say("draftTitle"), paragraphs: [say("draft"), link("", "startAgain")] },
    {
      heading: say("filedTitle"),
      paragraphs: [say("filed"), say("ask"), say("haveReference"), link("", "authorities")],
    },
  ];
  return { ...pageBase(context, page, say("title")), lead: say("lead"), sections };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function LostCodeRoute() {
  const { frame, heading, lead, sections } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame}>
      <TextPage title={heading} lead={lead} sections={sections} />
    </PageFrame>
  );
}
