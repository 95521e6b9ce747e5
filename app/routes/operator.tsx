import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { Alarms } from "#app/components/operator/Alarms.tsx";
import { Destinations } from "#app/components/operator/Destinations.tsx";
import { Drills } from "#app/components/operator/Drills.tsx";
import { Figures, HourBars } from "#app/components/operator/Figures.tsx";
import { OperatorFrame } from "#app/components/operator/OperatorFrame.tsx";
import { Codes, Mails, Workers } from "#app/components/operator/Parts.tsx";
import { SearchForm } from "#app/components/operator/SearchForm.tsx";
import { drillBoard } from "#app/routes/shared/drills.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { actOnDestination } from "#app/routes/shared/operatorActs.server.ts";
import { newsOf } from "#app/routes/shared/operatorNews.server.ts";
import { overviewOf } from "#app/routes/shared/operatorOverview.server.ts";
import { operatorPage, requireOperator } from "#app/routes/shared/operatorPage.server.ts";

/** How deliveries stand: what somebody has to look at first, then the queue by destination. Nothing personal. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = requireOperator(request, context);
  const { words, authorities, inScope } = asked;
  const board = await drillBoard(context.app, asked);
  return {
    ...operatorPage(context, asked, words.say("operator:title")),
    overview: await inScope((tx) => overviewOf(tx, context.app, authorities, words)),
    news: newsOf(request, words.say),
    board,
  };
}

/** Acts on a destination: send what is stuck again, pause, resume. */
export async function action({ request, context }: ActionFunctionArgs) {
  const asked = requireOperator(request, context);
  return actOnDestination(context.app, asked, await readForm(request, context));
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function Operator() {
  const { t } = useTranslation(["operator"]);
  const { staff, token, overview, news, board } = useLoaderData<typeof loader>();
  return (
    <OperatorFrame staff={staff} current="delivery">
      <h1 className="kern-heading-large">{t("operator:title")}</h1>
      {news && <Alert tone={news.tone} title={news.text} live />}
      <Alarms alarms={overview.alarms} />
      <Figures figures={overview.figures} />
      <HourBars hours={overview.hours} summary={overview.hoursSummary} />
      <Destinations destinations={overview.destinations} token={token} />
      <SearchForm token={token} />
      <Codes codes={overview.codes} />
      <Workers workers={overview.workers} />
      <Mails mails={overview.mails} />
      {board && <Drills board={board} token={token} />}
    </OperatorFrame>
  );
}
