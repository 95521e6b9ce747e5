import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { entryOf, formOf, searchOf } from "#app/routes/shared/authorities.server.ts";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { languageLinks } from "#app/components/frame.ts";
import { BegunBox, Hero } from "#app/routes/shared/LandingPage.tsx";
import { begunLinks } from "#app/routes/shared/landing.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { AuthorityList, PlaceForm, SearchResults } from "#app/routes/shared/PlaceSearch.tsx";
import { requirePage } from "#app/routes/shared/request.server.ts";

/** The start page of the service: which authority is competent for the person. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const say = (key: string) => page.say(`pages:chooseAuthority.${key}`);
  const { authorities } = context.app.config;
  const typed = new URL(request.url).searchParams.get("plz")?.trim() ?? "";
  const { error, result } = searchOf(page, authorities, typed);
  const base = pageBase(context, page, say("title"));
  const links = languageLinks(result ? `${page.rest}?plz=${typed}` : page.rest);
  return {
    ...base,
    title: error ? page.say("common:titleWithErrors", { title: base.title }) : base.title,
    frame: { ...base.frame, languageLinks: links },
    lead: say("lead"),
    form: formOf(page, typed, error),
    result,
    begun: begunLinks(page),
    list: { title: say("listTitle"), entries: authorities.map((authority) => entryOf(page, authority)) },
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data, { index: true, description: data?.lead });

export default function AuthoritiesRoute() {
  const { frame, heading, lead, form, result, begun, list } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame} layout="bare">
      <Hero languageLinks={frame.languageLinks} heading={heading} lead={lead} aside={<BegunBox {...begun} />}>
        <PlaceForm {...form} />
        {result && <SearchResults {...result} />}
      </Hero>
      <div className="ao-page">
        <section className="ao-section ao-stack" aria-labelledby="all-authorities">
          <h2 className="kern-heading-medium" id="all-authorities">
            {list.title}
          </h2>
          <AuthorityList entries={list.entries} />
        </section>
      </div>
    </PageFrame>
  );
}
