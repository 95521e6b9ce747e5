import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { FlowDrawing } from "#app/components/FlowDrawing.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { LinkList } from "#app/components/Tiles.tsx";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { frameOf, notFound, requirePage } from "#app/routes/shared/request.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { mermaidOf } from "#flows/engine/drawing.ts";
import { svgOf } from "#flows/engine/svg.ts";
import { isServiceId, services } from "#flows/services/registry.ts";
import { short } from "#flows/services/short.ts";
import { triage } from "#flows/services/triage.ts";

/** The flow of a service, drawn from the program itself for those who check it; German, as the law is. */
export function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const id = params.service ?? "";
  const entry = [triage, short].find((flow) => flow.id === id);
  const flow = entry ?? (isServiceId(id) ? services[id].flow : notFound());
  const { t } = serverI18n("de");
  const german = (key: string) => t(key as "common:product") as unknown as string;
  const words = {
    step: (name: string) => german(`steps:${name}.title`),
    guard: (name: string) => german(`services:guards.${name}`),
    otherwise: t("pages:visualisation.otherwise"),
  };
  const heading = german(`services:${id}.title`);
  return {
    frame: frameOf(context, page),
    title: tabTitle(page, page.say("pages:visualisation.title"), false),
    heading,
    svg: svgOf(flow, { ...words, title: heading }),
    mermaid: mermaidOf(flow, words),
    others: [triage.id, short.id, ...Object.keys(services)].map((other) => ({
      href: `/${page.language}/visualisation/${other}`,
      title: german(`services:${other}.title`),
    })),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

export default function Visualisation() {
  const { t } = useTranslation(["pages"]);
  const { frame, heading, svg, mermaid, others } = useLoaderData<typeof loader>();
  return (
    <PageFrame {...frame} office>
      <PageHead title={t("pages:visualisation.title")} lead={t("pages:visualisation.lead")} />
      <div className="ao-stack ao-stack--l">
        <LinkList links={others} />
        <section className="ao-stack" lang="de" dir="ltr">
          <h2 className="kern-heading-medium">{heading}</h2>
          <FlowDrawing svg={svg} label={heading} />
          <details className="ao-why">
            <summary>{t("pages:visualisation.source")}</summary>
            <pre className="ao-source" tabIndex={0}>
              {mermaid}
            </pre>
          </details>
        </section>
      </div>
    </PageFrame>
  );
}
