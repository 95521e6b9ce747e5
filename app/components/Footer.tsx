import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { German } from "#app/components/GermanTerm.tsx";
import { leadingLanguage } from "#locales/languages.ts";

/** Ways to get help; what is absent is not shown. */
export type HelpProps = {
  faqHref?: string;
  /** Name, telephone and hours of the office, as its configuration has them. */
  contact?: { name: string; phone?: string; hours?: string; messageHref?: string };
  adviceHref?: string;
};

export type FooterLinks = {
  imprint: string;
  privacy: string;
  accessibility: string;
  barrier: string;
  deleteData?: string;
};

function HelpLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link className="kern-link" to={href}>
      {children}
    </Link>
  );
}

/** Help at the same place and in the same order on every page (WCAG 2.2, 3.2.6). */
export function HelpStrip({ faqHref, contact, adviceHref }: HelpProps) {
  const { t } = useTranslation();
  return (
    <section className="ao-help ao-surface" aria-labelledby="help-title">
      <div className="ao-page">
        <h2 className="kern-heading-small" id="help-title">
          {t("help.title")}
        </h2>
        <div className="ao-help__grid">
          {faqHref && (
            <p>
              {t("help.questions")}
              <br />
              <HelpLink href={faqHref}>{t("help.faq")}</HelpLink>
            </p>
          )}
          {contact && <Contact {...contact} />}
          {adviceHref && (
            <p>
              {t("help.advice")}
              <br />
              <HelpLink href={adviceHref}>{t("help.findAdvice")}</HelpLink>
            </p>
          )}
        </div>
      </div>
    </section>
  );
}

function Contact({ name, phone, hours, messageHref }: NonNullable<HelpProps["contact"]>) {
  const { t } = useTranslation();
  return (
    <p>
      <German>{name}</German>
      {phone && (
        <>
          <br />
          <a className="kern-link" href={`tel:${phone.replace(/[^+\d]/g, "")}`} dir="ltr">
            {phone}
          </a>
        </>
      )}
      {hours && (
        <>
          <br />
          <bdi>{hours}</bdi>
        </>
      )}
      {messageHref && (
        <>
          <br />
          <HelpLink href={messageHref}>{t("help.message")}</HelpLink>
        </>
      )}
    </p>
  );
}

/** Imprint and the like; on a translated page also which text counts (§ 23 VwVfG). */
export function Footer({ links }: { links: FooterLinks }) {
  const { t, i18n } = useTranslation();
  const names = ["imprint", "privacy", "accessibility", "barrier", "deleteData"] as const;
  return (
    <footer className="ao-footer">
      <div className="ao-page">
        {i18n.language !== leadingLanguage && <p className="ao-muted">{t("footer.germanCounts")}</p>}
        <nav aria-label={t("footer.label")}>
          <ul>
            {names.map((name) => {
              const href = links[name];
              return (
                href && (
                  <li key={name}>
                    <Link className="kern-link kern-link--no-visited-state" to={href}>
                      {t(`footer.${name}`)}
                    </Link>
                  </li>
                )
              );
            })}
          </ul>
        </nav>
      </div>
    </footer>
  );
}
