import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ErrorPage } from "#app/components/ErrorPage.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";

/** Where a refused post ends (architecture 10): what happened, what is kept, what to do. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  return data(pageBase(context, page, page.say("common:errorPage.forbidden.title")), { status: 403 });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function ForbiddenRoute() {
  const { frame } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame}>
      <ErrorPage kind="forbidden" homeHref={frame.homeHref} />
    </PageFrame>
  );
}
