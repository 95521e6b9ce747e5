import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { TextPage } from "#app/components/TextPage.tsx";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { imprintOf } from "#app/routes/shared/imprint.server.ts";
import { translationNote } from "#app/routes/shared/legalText.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";

/** Who runs the service. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const base = pageBase(context, page, page.say("pages:imprint.title"));
  return { ...base, note: translationNote(page), sections: imprintOf(page, context.app.config.operator) };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function ImprintRoute() {
  const { frame, heading, note, sections } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame}>
      <TextPage title={heading} sections={sections} {...(note ? { lead: note } : {})} />
    </PageFrame>
  );
}
