import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/Alert.tsx";
import { Actions, LinkButton } from "#app/components/Button.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { notResponsibleOf } from "#app/routes/shared/notResponsible.server.ts";
import { requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";

/** Another authority is competent for the place in the draft: which one, and that nothing was sent. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const view = await notResponsibleOf(context, page, authority);
  const notSent = page.say("pages:notResponsible.notSent");
  return { ...pageBase(context, page, view.heading, authority), view, notSent };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function NotResponsibleRoute() {
  const { frame, heading, view, notSent } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame}>
      <div className="ao-split">
        <div className="ao-stack">
          <PageHead title={heading} lead={view.lead} />
          <Alert tone="danger" title={notSent}>
            {view.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </Alert>
          {view.texts.map((text) => (
            <p className="kern-body" key={text}>
              {text}
            </p>
          ))}
          <Actions>
            <LinkButton variant="primary" {...view.next} />
          </Actions>
        </div>
      </div>
    </PageFrame>
  );
}
