import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Actions, LinkButton } from "#app/components/Button.tsx";
import { Vector } from "#app/components/Vector.tsx";

const ICONS = {
  notFound: "search",
  server: "repair",
  offline: "offline",
  sessionEnded: "clock",
  forbidden: "repair",
  tooLarge: "inbox",
  busy: "clock",
} as const;

export type ErrorPageProps = {
  kind: keyof typeof ICONS;
  /** Short code for the help line; no personal data. */
  code?: string;
  /** The one thing to do now; without it, back to the start. Leads on without leaving the document, which may be offline. */
  action?: { href: string; label: string };
  homeHref: string;
};

/** The content of a page that says what went wrong, what is kept and what to do. */
export function ErrorPage({ kind, code, action, homeHref }: ErrorPageProps) {
  const { t } = useTranslation();
  const { href, label } = action ?? { href: homeHref, label: t("actions.home") };
  return (
    <div className="ao-state ao-stack">
      <Vector name={ICONS[kind]} />
      <h1 className="kern-heading-large">{t(`errorPage.${kind}.title`)}</h1>
      <p className="kern-body">{t(`errorPage.${kind}.text`)}</p>
      {code && (
        <p className="kern-body">
          {t("errorPage.code")} <span className="ao-code">{code}</span>
        </p>
      )}
      <Actions>
        <LinkButton variant="primary" href={href} label={label} document={action === undefined} />
      </Actions>
    </div>
  );
}
