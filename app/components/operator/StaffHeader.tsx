import { Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Icon } from "#app/components/Icon.tsx";

/** On the shield of the service. */
const LETTER = "A";

/**
 * Header of the pages for staff, which are German only. `login`: in which role somebody is logged in; absent where it does not
 * matter. `homeHref`: their first page.
 */
export function StaffHeader({
  office,
  login,
  homeHref = "/operator",
}: {
  office: string;
  login?: string;
  homeHref?: string;
}) {
  const { t } = useTranslation(["operator", "common"]);
  return (
    <header className="ao-header">
      <div className="ao-page ao-header__bar">
        <a className="ao-id" href={homeHref}>
          <svg className="ao-id__mark" viewBox="0 0 44 52" aria-hidden="true">
            <path fill="currentColor" d="M2 2h40v26c0 10-8 17-20 22C10 45 2 38 2 28z" />
            <text x="22" y="31" fontSize="22" textAnchor="middle">
              {LETTER}
            </text>
          </svg>
          <span>
            <span className="ao-id__authority">{t("common:product")}</span>
            <span className="ao-id__office">{office}</span>
          </span>
        </a>
        {login !== undefined && (
          <ul className="ao-tools" aria-label={t("operator:head.tools")}>
            <li>
              <span className="kern-body kern-body--small">{login}</span>
            </li>
            <li>
              <Link className="kern-link kern-link--no-visited-state" to="/staff/logout" reloadDocument>
                <Icon name="logout" />
                {t("operator:head.logout")}
              </Link>
            </li>
          </ul>
        )}
      </div>
    </header>
  );
}
