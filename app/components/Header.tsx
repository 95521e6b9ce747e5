import { useTranslation } from "#app/i18n/useTranslation.ts";
import { German } from "#app/components/GermanTerm.tsx";
import { Icon } from "#app/components/Icon.tsx";
import { LanguageSwitch, type LanguageLinks } from "#app/components/LanguageSwitch.tsx";

/** What the frame shows of an authority; from its configuration. */
export type FrameAuthority = {
  id: string;
  /** Official German name, e.g. "Landeshauptstadt Potsdam". */
  name: string;
  /** One letter on the shield. */
  letter: string;
  /** Start page of the authority in the language of the page. */
  href: string;
};

export type HeaderProps = {
  /** None on pages that belong to the whole service. */
  authority?: FrameAuthority;
  /** Start page of the service, for pages without an authority. */
  homeHref: string;
  /** Shows the strip of official websites; public bodies only, off by default. */
  official?: boolean;
  languageLinks: LanguageLinks;
  easyLanguageHref?: string;
  signLanguageHref?: string;
};

function OfficialStrip() {
  const { t } = useTranslation();
  return (
    <div className="kern-kopfzeile">
      <div className="ao-page">
        <div className="kern-kopfzeile__content">
          <span className="kern-kopfzeile__flagge" aria-hidden="true">
            <svg viewBox="0 0 24 16">
              <path d="M0 0h24v16H0z" fill="#fc0" />
              <path d="M0 0h24v10.67H0z" fill="#d00" />
              <path d="M0 0h24v5.33H0z" />
            </svg>
          </span>
          <span className="kern-kopfzeile__label">{t("official")}</span>
        </div>
      </div>
    </div>
  );
}

function Identity({ authority, homeHref }: Pick<HeaderProps, "authority" | "homeHref">) {
  const { t } = useTranslation();
  return (
    <a className="ao-id" href={authority?.href ?? homeHref}>
      <svg className="ao-id__mark" viewBox="0 0 44 52" aria-hidden="true">
        <path fill="currentColor" d="M2 2h40v26c0 10-8 17-20 22C10 45 2 38 2 28z" />
        <text x="22" y="31" fontSize="22" textAnchor="middle">
          {authority?.letter ?? "A"}
        </text>
      </svg>
      <span>
        <German className="ao-id__authority">{authority?.name ?? t("product")}</German>
        {authority && (
          <span className="ao-id__office">
            {t("office")}
            <span className="ao-id__product"> · {t("product")}</span>
          </span>
        )}
      </span>
    </a>
  );
}

/** Official strip, authority, language: the same on every page. */
export function Header({
  authority,
  homeHref,
  official,
  languageLinks,
  easyLanguageHref,
  signLanguageHref,
}: HeaderProps) {
  const { t } = useTranslation();
  const tools = [
    { href: easyLanguageHref, icon: "easy-language", label: t("header.easyLanguage") },
    { href: signLanguageHref, icon: "sign-language", label: t("header.signLanguage") },
  ] as const;
  return (
    <header className="ao-header">
      {official && <OfficialStrip />}
      <div className="ao-page ao-header__bar">
        <Identity authority={authority} homeHref={homeHref} />
        <ul className="ao-tools" aria-label={t("header.tools")}>
          {tools.map(
            ({ href, icon, label }) =>
              href && (
                <li key={icon}>
                  <a className="kern-link kern-link--no-visited-state" href={href}>
                    <Icon name={icon} />
                    {label}
                  </a>
                </li>
              ),
          )}
          <li className="ao-tools__lang">
            <LanguageSwitch links={languageLinks} />
          </li>
        </ul>
      </div>
    </header>
  );
}
