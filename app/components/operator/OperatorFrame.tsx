import { Link, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { StaffHeader } from "#app/components/operator/StaffHeader.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import type { Frame } from "#app/components/frame.ts";

/** What every page of the operator has around its content, in finished words. */
export type StaffFrame = {
  frame: Frame;
  /** Department and environment. */
  office: string;
  /** In which role somebody is logged in. */
  login: string;
  /** When the figures were read. */
  asOf: string;
};

const TABS = [
  { name: "delivery", href: "/operator" },
  { name: "messages", href: "/operator/messages" },
] as const;

function Areas({ current, asOf }: { current: (typeof TABS)[number]["name"]; asOf: string }) {
  const { t } = useTranslation(["operator"]);
  const { pathname, search } = useLocation();
  return (
    <nav className="ao-context" aria-label={t("operator:areas")}>
      <div className="ao-page">
        <ul className="ao-nav">
          {TABS.map(({ name, href }) => (
            <li key={name}>
              <Link to={href} aria-current={name === current ? "page" : undefined}>
                {t(`operator:tabs.${name}`)}
              </Link>
            </li>
          ))}
        </ul>
        <p>
          {asOf} ·{" "}
          <Link
            className="kern-link kern-link--small kern-link--no-visited-state"
            to={pathname + withoutNews(search)}
            reloadDocument
          >
            {t("operator:reload")}
          </Link>
        </p>
      </div>
    </nav>
  );
}

/** The query without what an act has just done: loading the page again must not tell it twice. */
function withoutNews(search: string): string {
  const query = new URLSearchParams(search);
  for (const name of ["done", "count"]) query.delete(name);
  return query.size === 0 ? "" : `?${query.toString()}`;
}

/** A page of the operator: header of staff, areas, content. German only. */
export function OperatorFrame({
  staff: { frame, office, login, asOf },
  current,
  children,
}: {
  staff: StaffFrame;
  current: (typeof TABS)[number]["name"];
  children: ReactNode;
}) {
  return (
    <PageFrame
      {...frame}
      office
      staffHeader={<StaffHeader office={office} login={login} />}
      bar={<Areas current={current} asOf={asOf} />}
    >
      {/* Browsers fetch these words before they take the page over. */}
      <div className="ao-stack ao-stack--l" data-words="pages operator">
        {children}
      </div>
    </PageFrame>
  );
}
