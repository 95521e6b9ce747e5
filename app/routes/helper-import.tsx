import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { HelperFrame } from "#app/components/operator/HelperFrame.tsx";
import { ImportForm, type ImportFormView } from "#app/components/operator/ImportForm.tsx";
import { ImportReport } from "#app/components/operator/ImportReport.tsx";
import { importForm, importPosted } from "#app/routes/shared/helperImport.server.ts";
import { helperPage, requireHelper } from "#app/routes/shared/helperPage.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";

/** The form that sends a file of a centre, and the templates for it. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const asked = requireHelper(request, context);
  const page = helperPage(context, asked, asked.words.say("operator:helper.import.title"));
  return { ...page, form: importForm(asked) };
}

/** Files what the file holds, and says of every row what became of it. */
export async function action({ request, context }: ActionFunctionArgs) {
  return importPosted(context, requireHelper(request, context), request);
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

const TEMPLATES = [
  { name: "empty", href: "/templates/h-24.csv" },
  { name: "example", href: "/templates/h-24-example.csv" },
  { name: "exampleJson", href: "/templates/h-24-example.json" },
  { name: "columns", href: "/templates/h-24-columns.csv" },
] as const;

function Templates() {
  const { t } = useTranslation(["operator"]);
  return (
    <section className="ao-stack ao-stack--s" aria-labelledby="templates">
      <h2 className="kern-heading-small" id="templates">
        {t("operator:helper.import.templates")}
      </h2>
      <ul className="kern-list">
        {TEMPLATES.map(({ name, href }) => (
          <li key={name}>
            <a className="kern-link kern-link--no-visited-state" href={href} download>
              {t(`operator:helper.import.${name}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const problemsOf = ({ errors }: ImportFormView) =>
  (["authority", "file"] as const).flatMap((name) =>
    errors[name] === undefined ? [] : [{ control: name, message: errors[name] }],
  );

export default function HelperImport() {
  const { t } = useTranslation(["operator"]);
  const { form, ...page } = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>();
  const view = posted?.form ?? form;
  return (
    <HelperFrame page={page} current="import">
      <ErrorSummary problems={problemsOf(view)} attempt={posted} />
      <h1 className="kern-heading-large">{t("operator:helper.import.title")}</h1>
      {posted?.report && <ImportReport token={page.token} view={posted.report} />}
      <p className="kern-body">{t("operator:helper.import.lead")}</p>
      {view.authorities.length === 0 ? (
        <Alert tone="info" title={t("operator:helper.import.nobody")} />
      ) : (
        <ImportForm token={page.token} view={view} />
      )}
      <Templates />
    </HelperFrame>
  );
}
