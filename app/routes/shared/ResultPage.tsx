import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { Actions, LinkButton } from "#app/components/Button.tsx";
import { DeadlineBanner } from "#app/components/DeadlineBanner.tsx";
import { German } from "#app/components/GermanTerm.tsx";
import { NotConnected } from "#app/components/NotConnected.tsx";
import { Rows } from "#app/components/Review.tsx";
import { OtherWay } from "#app/routes/shared/OtherWay.tsx";
import { WizardPage } from "#app/routes/shared/StepPage.tsx";
import type { ResultView } from "#app/routes/shared/step-result.server.ts";

type Suggestion = NonNullable<ResultView["suggestion"]>;

function Evidence({ items }: { items: Suggestion["required"] }) {
  return (
    <ul className="kern-list kern-list--bullet">
      {items.map(({ title, hint }) => (
        <li key={title}>
          <strong>{title}</strong> <span className="ao-muted">{hint}</span>
        </li>
      ))}
    </ul>
  );
}

function Details({ suggestion, authority }: { suggestion: Suggestion; authority: ResultView["authority"] }) {
  const { t } = useTranslation(["pages"]);
  const { fee, basis, findings, required, conditional } = suggestion;
  return (
    <>
      <Rows
        rows={[
          { label: t("pages:result.basis"), value: basis ?? "–", isGerman: true },
          { label: t("pages:result.authority"), value: authority.name, isGerman: true },
          { label: t("pages:result.fee"), value: [fee.amount, ...fee.reasons.map(({ text }) => text)] },
        ]}
      />
      <section className="ao-stack">
        <h2 className="kern-heading-medium">{t("pages:result.evidence")}</h2>
        <Evidence items={required} />
        {conditional.length > 0 && (
          <>
            <h3 className="kern-heading-small">{t("pages:result.conditional")}</h3>
            <Evidence items={conditional} />
          </>
        )}
      </section>
      {findings.length > 0 && (
        <section className="ao-stack">
          <h2 className="kern-heading-medium">{t("pages:result.findings")}</h2>
          <ul className="kern-list kern-list--bullet">
            {findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Who helps instead of an application, by phone numbers to tap. */
function Help({ office, title, links, relative }: NonNullable<ResultView["help"]>) {
  return (
    <section className="ao-stack" aria-labelledby="help" data-help>
      <h2 className="kern-heading-medium" id="help">
        {title}
      </h2>
      {office && (
        <p className="kern-body">
          <German>{office}</German>
        </p>
      )}
      <ul className="kern-list kern-list--bullet">
        {links.map(({ href, label }) => (
          <li key={href}>
            <a className="kern-link" href={href}>
              {label}
            </a>
          </li>
        ))}
      </ul>
      <p className="kern-body">{relative}</p>
    </section>
  );
}

/** The suggestion after the entry questions, or where else to turn. */
export function ResultPage({ view }: { view: ResultView }) {
  const { t } = useTranslation(["common", "pages"]);
  const {
    wizard,
    heading,
    text,
    suggestion,
    help,
    deadline,
    elsewhere,
    authority,
    shortWay,
    startHref,
    changeHref,
    isConnected,
    checklistHref,
    laterHref,
    others,
    counselling,
  } = view;
  return (
    <WizardPage {...wizard} problems={[]}>
      <div className="ao-head">
        <p className="kern-preline">{t("pages:result.preline")}</p>
        <h1 className="kern-heading-large">{heading}</h1>
        <p className="kern-body kern-body--large">{text}</p>
      </div>
      <div className="ao-stack ao-stack--l">
        {elsewhere && (
          <Alert tone="warning" title={t("pages:result.otherAuthority")}>
            <p className="kern-body">
              <German>{elsewhere.name}</German>
            </p>
            <LinkButton href={elsewhere.href} label={t("pages:result.otherAuthorityLink")} />
          </Alert>
        )}
        {counselling && (
          <Alert tone="info" title={counselling.title}>
            {counselling.texts.map((line) => (
              <p key={line}>{line}</p>
            ))}
            <ul className="kern-list kern-list--bullet">
              {counselling.links.map(({ href, label }) => (
                <li key={href}>
                  <a className="kern-link" href={href}>
                    <German>{label}</German>
                  </a>
                </li>
              ))}
            </ul>
          </Alert>
        )}
        {deadline && <DeadlineBanner {...deadline} />}
        {shortWay?.tone === "warning" && <OtherWay {...shortWay} />}
        {suggestion ? (
          <Details suggestion={suggestion} authority={authority} />
        ) : help ? (
          <Help {...help} />
        ) : (
          <Rows
            rows={[
              { label: t("pages:result.authority"), value: [authority.name, authority.office], isGerman: true },
              { label: t("pages:result.contact"), value: authority.phone, isCode: true },
            ]}
          />
        )}
        {suggestion && !isConnected && <NotConnected tone={deadline?.tone} />}
        <Actions>
          {startHref && <LinkButton variant="primary" href={startHref} label={t("pages:result.start")} />}
          <LinkButton variant="tertiary" href={changeHref} label={t("pages:result.change")} />
          {checklistHref && <LinkButton variant="tertiary" href={checklistHref} label={t("pages:checklist.open")} />}
          {laterHref && <LinkButton variant="tertiary" href={laterHref} label={t("common:actions.later")} />}
        </Actions>
        {others.length > 0 && (
          <details className="kern-body ao-others">
            <summary>{t("pages:result.others")}</summary>
            <ul className="kern-list kern-list--bullet">
              {others.map((other) => (
                <li key={other.title}>
                  <strong>{other.title}</strong> <span className="ao-muted">{other.text}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
        {shortWay?.tone === "info" && <OtherWay {...shortWay} />}
        <p className="ao-muted">{t("pages:result.decides")}</p>
      </div>
    </WizardPage>
  );
}
