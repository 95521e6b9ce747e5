import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useEffect } from "react";
import { Actions, LinkButton } from "#app/components/Button.tsx";
import { forgetUnsent } from "#app/components/form/unsent.ts";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { Vector } from "#app/components/Vector.tsx";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";
import { endSessionCookie } from "#app/session.server.ts";

/** Says that the session ended, and forgets it: from here on the person may also begin anew. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const say = (key: string) => page.say(`pages:sessionEnded.${key}`);
  const view = {
    ...pageBase(context, page, say("title")),
    texts: [say("lead"), say("why")],
    resume: { href: `/${page.language}/resume`, label: say("resume") },
    noCode: { href: `/${page.language}/lost-code`, label: say("noCode") },
  };
  return data(
    view,
    context.session.state === "ended" ? { headers: { "set-cookie": endSessionCookie(context.app) } } : {},
  );
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function SessionEndedRoute() {
  const { frame, heading, texts, resume, noCode } = useLoaderData<typeof loader>();
  useEffect(forgetUnsent, []);
  return (
    <PageFrame {...frame}>
      <div className="ao-state ao-stack">
        <Vector name="clock" />
        <h1 className="kern-heading-large">{heading}</h1>
        {texts.map((text) => (
          <p className="kern-body" key={text}>
            {text}
          </p>
        ))}
        <Actions>
          <LinkButton variant="primary" {...resume} />
          <LinkButton variant="tertiary" {...noCode} />
        </Actions>
      </div>
    </PageFrame>
  );
}
