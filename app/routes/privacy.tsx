import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { TextPage } from "#app/components/TextPage.tsx";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { privacyOf } from "#app/routes/shared/privacy.server.ts";
import { requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";

/** The privacy notice of the service, or that of an authority's applications. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = params.authority === undefined ? undefined : requireAuthority(context, params);
  return {
    ...pageBase(context, page, page.say("pages:privacy.title"), authority),
    lead: page.say("pages:privacy.lead"),
    sections: privacyOf(page, context.app.config, authority),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function PrivacyRoute() {
  const { frame, heading, lead, sections } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame}>
      <TextPage title={heading} lead={lead} sections={sections} />
    </PageFrame>
  );
}
