import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { StaffHeader } from "#app/components/operator/StaffHeader.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import type { Frame } from "#app/components/frame.ts";

/** What every page of the helpers has around its content, in finished words. */
export type HelperPage = {
  title: string;
  token: string;
  frame: Frame;
  /** Department and environment. */
  office: string;
  /** In which role somebody is logged in. */
  login: string;
};

const TABS = [
  { name: "today", href: "/helper" },
  { name: "import", href: "/helper/import" },
] as const;

/** A page of the helpers: header of staff, areas, content. German only. */
export function HelperFrame({
  page: { frame, office, login },
  current,
  children,
}: {
  page: HelperPage;
  current: (typeof TABS)[number]["name"];
  children: ReactNode;
}) {
  const { t } = useTranslation(["operator"]);
  const areas = (
    <nav className="ao-context" aria-label={t("operator:areas")}>
      <div className="ao-page">
        <ul className="ao-nav">
          {TABS.map(({ name, href }) => (
            <li key={name}>
              <Link to={href} aria-current={name === current ? "page" : undefined}>
                {t(`operator:helper.tabs.${name}`)}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
  const header = <StaffHeader office={office} login={login} homeHref="/helper" />;
  return (
    <PageFrame {...frame} office staffHeader={header} bar={areas}>
      {/* Browsers fetch these words before they take the page over. */}
      <div className="ao-stack ao-stack--l" data-words="pages operator">
        {children}
      </div>
    </PageFrame>
  );
}
