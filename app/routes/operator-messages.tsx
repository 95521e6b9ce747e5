import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { ListFilter, MessageTable, Pages } from "#app/components/operator/MessageList.tsx";
import { OperatorFrame } from "#app/components/operator/OperatorFrame.tsx";
import { SearchForm } from "#app/components/operator/SearchForm.tsx";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { listOf, listQueryOf } from "#app/routes/shared/operatorList.server.ts";
import { operatorPage, requireOperator } from "#app/routes/shared/operatorPage.server.ts";

/** Messages of a destination, a state or an error code, the oldest first. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = requireOperator(request, context);
  const { words, authorities, inScope } = asked;
  const query = listQueryOf(request);
  return {
    ...operatorPage(context, asked, words.say("operator:list.title")),
    list: await inScope((tx) => listOf(tx, context.app, authorities, query, words)),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function OperatorMessages() {
  const { t } = useTranslation(["operator"]);
  const { staff, token, list } = useLoaderData<typeof loader>();
  return (
    <OperatorFrame staff={staff} current="messages">
      <h1 className="kern-heading-large">{t("operator:list.title")}</h1>
      <SearchForm token={token} />
      <ListFilter filter={list.filter} />
      <section className="ao-stack ao-stack--s" aria-labelledby="list">
        <h2 className="kern-heading-small" id="list">
          {list.total}
        </h2>
        {list.messages.length === 0 ? (
          <p className="kern-body">{t("operator:list.empty")}</p>
        ) : (
          <MessageTable messages={list.messages} />
        )}
      </section>
      <Pages {...list.pages} />
    </OperatorFrame>
  );
}
