import { useTranslation } from "#app/i18n/useTranslation.ts";

/**
 * Forgets the session and opens a harmless page, for people who must not be seen here. A plain form on purpose: it works
 * without JavaScript, and without a token it works after the session has ended, too.
 */
export function LeaveQuickly({ href }: { href: string }) {
  const { t } = useTranslation();
  return (
    <aside className="ao-leave ao-noprint" aria-label={t("leave.button")}>
      <form method="post" action={href} className="ao-page">
        <button type="submit" className="kern-btn kern-btn--secondary">
          <span className="kern-label">{t("leave.button")}</span>
        </button>
        <span className="ao-leave__note">{t("leave.note")}</span>
      </form>
    </aside>
  );
}
