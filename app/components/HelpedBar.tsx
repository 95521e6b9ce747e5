import { Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";

/** Where a sitting in the browser of somebody else ends: by handing over what was begun there, or by forgetting all. */
export type HelpedBarProps = { handOverHref?: string; forgetHref: string };

/**
 * Says on every page that somebody helps, and how to end it. Forgetting is a plain form without a token: it must work after the
 * session has ended, and the whole document must go.
 */
export function HelpedBar({ handOverHref, forgetHref }: HelpedBarProps) {
  const { t } = useTranslation();
  return (
    <aside className="ao-helped ao-noprint" aria-label={t("helped.title")}>
      <div className="ao-page">
        <b>{t("helped.title")}</b>
        {handOverHref !== undefined && (
          <Link className="kern-link kern-link--no-visited-state" to={handOverHref}>
            {t("helped.handOver")}
          </Link>
        )}
        <form method="post" action={forgetHref}>
          <button type="submit" className="kern-btn kern-btn--secondary kern-btn--x-small">
            <span className="kern-label">{t("helped.forget")}</span>
          </button>
        </form>
      </div>
    </aside>
  );
}
