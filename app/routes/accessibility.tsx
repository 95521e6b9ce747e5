import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { TextPage } from "#app/components/TextPage.tsx";
import { accessibilityOf } from "#app/routes/shared/accessibility.server.ts";
import { isolated, pageBase } from "#app/routes/shared/base.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";

/** How accessible the service is, and where barriers are reported. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const { operator } = context.app.config;
  return {
    ...pageBase(context, page, page.say("pages:accessibility.title")),
    lead: page.say("pages:accessibility.lead", { operator: isolated(operator.name, page) }),
    sections: accessibilityOf(page, operator),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function AccessibilityRoute() {
  const { frame, heading, lead, sections } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame}>
      <TextPage title={heading} lead={lead} sections={sections} />
    </PageFrame>
  );
}
