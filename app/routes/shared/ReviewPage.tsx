import { Form, Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { Actions, LinkButton, SubmitButton } from "#app/components/Button.tsx";
import { DeadlineBanner } from "#app/components/DeadlineBanner.tsx";
import { NotConnected } from "#app/components/NotConnected.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { ReviewSection } from "#app/components/Review.tsx";
import { HiddenControls, QuestionFields, WizardPage } from "#app/routes/shared/StepPage.tsx";
import type { ReviewView } from "#app/routes/shared/step-review.server.ts";

/** What a short application leaves for later. */
function Later({ items }: { items: NonNullable<ReviewView["later"]> }) {
  const { t } = useTranslation(["pages"]);
  return (
    <section className="ao-stack" aria-labelledby="later">
      <h2 className="kern-heading-medium" id="later">
        {t("pages:short.laterTitle")}
      </h2>
      <p className="kern-body">{t("pages:short.laterText")}</p>
      <ul className="kern-list kern-list--bullet">
        <li>{t("pages:short.laterAnswers")}</li>
        {items.map(({ code, title, hint }) => (
          <li key={code} data-later={code}>
            <strong>{title}</strong> <span className="ao-muted">{hint}</span>
          </li>
        ))}
      </ul>
      <p className="kern-body">{t("pages:short.depends")}</p>
    </section>
  );
}

/** Files that would not be sent, because only a part of them has come in. */
function Unfinished({ names, link }: ReviewView["unfinished"]) {
  const { t } = useTranslation(["pages"]);
  return (
    <div data-unfinished>
      <Alert tone="warning" title={t("pages:step.unfinishedTitle")}>
        <p>{t("pages:step.unfinishedText")}</p>
        <ul className="kern-list kern-list--bullet">
          {names.map((name, index) => (
            <li key={index}>
              <bdi translate="no">{name}</bdi>
            </li>
          ))}
        </ul>
        <Link className="kern-link" to={link.href}>
          {link.label}
        </Link>
      </Alert>
    </div>
  );
}

/** What is missing, to be looked at again and fine in the data. */
function Quality({ entries }: { entries: ReviewView["quality"] }) {
  const { t } = useTranslation(["pages"]);
  return (
    <div data-quality>
      <Alert tone="info" title={t("pages:quality.title")}>
        <ul className="kern-list kern-list--bullet">
          {entries.map(({ level, text }) => (
            <li key={text}>
              <strong>{level}:</strong> {text}
            </li>
          ))}
        </ul>
      </Alert>
    </div>
  );
}

/** All answers with links to change them, the declarations, and the button that files. */
export function ReviewPage({ view }: { view: ReviewView }) {
  const { t } = useTranslation(["common", "pages"]);
  const {
    wizard,
    asked,
    german,
    sections,
    deadline,
    later,
    unfinished,
    hints,
    quality,
    token,
    canSubmit,
    householdHref,
    draftPdfHref,
  } = view;
  return (
    <WizardPage {...wizard} problems={asked.problems}>
      <PageHead title={asked.title} {...(asked.lead ? { lead: asked.lead } : {})} />
      <div className="ao-stack ao-stack--l">
        {deadline && <DeadlineBanner {...deadline} />}
        {hints.length > 0 && (
          <Alert tone="info" title={t("pages:step.hints")}>
            <dl className="ao-stack ao-stack--s">
              {hints.map((hint) => (
                <div key={hint.title}>
                  <dt>
                    <strong>{hint.title}</strong>
                  </dt>
                  <dd>{hint.text}</dd>
                </div>
              ))}
            </dl>
          </Alert>
        )}
        {quality.length > 0 && <Quality entries={quality} />}
        {unfinished.names.length > 0 && <Unfinished {...unfinished} />}
        {later && <Later items={later} />}
        {sections.map((section) => (
          <ReviewSection key={section.title} {...section} />
        ))}
        <Form className="ao-form" method="post" noValidate>
          <HiddenControls token={token} />
          <section className="ao-stack" aria-labelledby="declarations">
            <h2 className="kern-heading-medium" id="declarations">
              {t("pages:step.declarations")}
            </h2>
            {german.length > 0 && (
              <div className="ao-box ao-stack ao-stack--s">
                <ul className="kern-list kern-list--bullet" lang="de" dir="ltr">
                  {german.map(({ name, text }) => (
                    <li key={name}>{text}</li>
                  ))}
                </ul>
                <p className="ao-muted">{t("pages:step.germanLeads")}</p>
              </div>
            )}
            <QuestionFields questions={asked.questions} values={asked.values} />
          </section>
          {canSubmit ? (
            <Actions>
              <SubmitButton variant="primary" label={t("common:actions.submit")} />
              <p className="ao-muted">{t("pages:step.afterSubmit")}</p>
              <Link className="kern-link" to={householdHref}>
                {t("pages:household.another")}
              </Link>
            </Actions>
          ) : (
            <NotConnected tone={deadline?.tone}>
              <LinkButton href={draftPdfHref} label={t("pages:step.draftPdf")} file />
            </NotConnected>
          )}
        </Form>
      </div>
    </WizardPage>
  );
}
