import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/Alert.tsx";
import { Actions, LinkButton, SubmitButton } from "#app/components/Button.tsx";
import { CodeBox } from "#app/components/CodeBox.tsx";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { FieldControl } from "#app/components/FieldControl.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { PersonList } from "#app/components/PersonList.tsx";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { EndSession } from "#app/routes/shared/EndSession.tsx";
import { readForm } from "#app/routes/shared/form.server.ts";
import { addMember, choiceOf, inviteSomebody, openMember } from "#app/routes/shared/household-acts.server.ts";
import { viewHousehold, type HouseholdView } from "#app/routes/shared/household-view.server.ts";
import { authorityOf, requireHousehold } from "#app/routes/shared/household.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { afterRefusal, refuse } from "#app/routes/shared/refused.server.ts";
import { requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";
import { useRefusedTitle } from "#app/routes/shared/useRefusedTitle.ts";

/** The people of this sitting; only where one of them has something, as a page of another authority would mislead. */
async function read({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const { session, household, first } = await requireHousehold(context, page);
  if (!household.persons.some((person) => authorityOf(person) === authority.id))
    throw redirect(`/${page.language}/${authorityOf(first)}/household`);
  return { context, page, authority, household, member: session.member };
}

export async function loader(args: LoaderFunctionArgs) {
  const { context, page, authority, household, member } = await read(args);
  const isDeleted = new URL(args.request.url).searchParams.has("deleted");
  const view = await viewHousehold(context, page, authority, { household, member });
  return afterRefusal(context, { ...view, isDeleted });
}

/** Takes a member at hand, begins the application of another, or makes an invitation. */
export async function action(args: ActionFunctionArgs): Promise<unknown> {
  const { context, page, authority, household, member } = await read(args);
  const form = await readForm(args.request, context);
  const open = form["open"]?.[0];
  if (open !== undefined) openMember(context, page, household, Number(open));
  if (form["invite"]) {
    const invitation = await inviteSomebody(context, page, authority, household);
    return { ...(await viewHousehold(context, page, authority, { household, member })), invitation };
  }
  const choice = choiceOf(household, form["person"]?.[0]);
  if (choice) return addMember(context, page, authority, { household, choice });
  const error = page.say("errors:required", { label: page.say("pages:household.person") });
  return refuse(context, await viewHousehold(context, page, authority, { household, member, error }));
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta(data);

function Invitation({ groups, how, once }: NonNullable<HouseholdView["invitation"]>) {
  const { t } = useTranslation(["pages"]);
  return (
    <section className="ao-box ao-stack" aria-labelledby="invitation">
      <h2 className="kern-heading-medium" id="invitation">
        {t("pages:household.inviteCodeTitle")}
      </h2>
      <p className="kern-body" role="alert">
        {how}
      </p>
      <div className="ao-resume">
        <CodeBox groups={groups} />
      </div>
      <p className="kern-body">{once}</p>
    </section>
  );
}

function Add({ view }: { view: HouseholdView }) {
  const { t } = useTranslation(["pages"]);
  const { options, full, token, error } = view;
  return (
    <section className="ao-stack" aria-labelledby="add">
      <h2 className="kern-heading-medium" id="add">
        {t("pages:household.addTitle")}
      </h2>
      {options.length === 0 ? (
        <p className="kern-body">{full}</p>
      ) : (
        <Form className="ao-form" method="post" noValidate>
          <HiddenControls token={token} />
          <p className="kern-body">{t("pages:household.addLead")}</p>
          <FieldControl
            name="person"
            label={t("pages:household.person")}
            field={{ kind: "choice", optional: false, options: options.map(({ value }) => value) }}
            options={options}
            values={{}}
            {...(error ? { error } : {})}
          />
          <Actions>
            <SubmitButton label={t("pages:household.add")} />
          </Actions>
        </Form>
      )}
    </section>
  );
}

function Invite({ view }: { view: HouseholdView }) {
  const { t } = useTranslation(["pages"]);
  return (
    <section className="ao-stack" aria-labelledby="invite">
      <h2 className="kern-heading-medium" id="invite">
        {t("pages:household.inviteTitle")}
      </h2>
      <p className="kern-body">{t("pages:household.inviteText")}</p>
      <p className="kern-body">{t("pages:household.invitePrivate")}</p>
      {view.invited && <p className="kern-body">{view.invited}</p>}
      {view.canInvite && (
        <Form method="post">
          <HiddenControls token={view.token} />
          <Actions>
            <SubmitButton name="invite" value="yes" label={t("pages:household.invite")} />
          </Actions>
        </Form>
      )}
    </section>
  );
}

export default function HouseholdRoute() {
  const { t } = useTranslation(["pages"]);
  const loaded = useLoaderData<typeof loader>();
  const posted = useActionData<HouseholdView>();
  useRefusedTitle(posted);
  const view = posted ?? loaded;
  const problems = view.error ? [{ control: "person", message: view.error }] : [];
  return (
    <PageFrame {...loaded.frame}>
      <ErrorSummary problems={problems} attempt={posted} />
      <PageHead title={t("pages:household.title")} lead={t("pages:household.lead")} />
      <div className="ao-stack ao-stack--l">
        {loaded.isDeleted && !posted && <Alert tone="success" title={t("pages:household.deleted")} />}
        {view.invitation && <Invitation {...view.invitation} />}
        <Form method="post" className="ao-stack">
          <HiddenControls token={view.token} />
          <PersonList persons={view.persons} />
          <p className="ao-muted">{t("pages:household.code")}</p>
        </Form>
        {view.overviewHref && (
          <Actions>
            <LinkButton href={view.overviewHref} label={t("pages:household.overview")} file />
          </Actions>
        )}
        <Add view={view} />
        <Invite view={view} />
        <section className="ao-stack">
          {view.endNote && <p className="ao-muted">{view.endNote}</p>}
          <EndSession token={view.token} />
        </section>
      </div>
    </PageFrame>
  );
}
