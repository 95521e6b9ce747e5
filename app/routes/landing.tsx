import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { BegunBox, Hero, LandingSections, OtherWays, Start } from "#app/routes/shared/LandingPage.tsx";
import { landingOf } from "#app/routes/shared/landing.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";

/** The start page of an authority. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const base = pageBase(context, page, page.say("pages:landing.title"), authority);
  const title = page.say("common:pageTitle", { title: `${base.heading} – ${authority.name}` });
  return { ...base, title, view: landingOf(page, authority) };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta(data, { index: true, description: data?.view.lead });

export default function LandingRoute() {
  const { frame, heading, view } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame} layout="bare">
      <Hero languageLinks={frame.languageLinks} heading={heading} lead={view.lead} aside={<BegunBox {...view.begun} />}>
        <Start {...view} />
        {view.otherWays && <OtherWays {...view.otherWays} />}
      </Hero>
      <LandingSections {...view} />
    </PageFrame>
  );
}
