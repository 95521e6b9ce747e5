import { useTranslation } from "#app/i18n/useTranslation.ts";
import { languages, type Language } from "#locales/languages.ts";
import { Icon } from "#app/components/Icon.tsx";

/** Addresses of the present page in every language. */
export type LanguageLinks = Readonly<Record<Language, string>>;

type NamesProps = { current: string; links: LanguageLinks; open?: boolean; first?: readonly Language[] };

function Names({ current, links, open = false, first = [] }: NamesProps) {
  const [leading, others] = [languages.filter(isFirst), languages.filter((language) => !isFirst(language))];
  function isFirst({ code }: { code: Language }) {
    return first.includes(code);
  }
  return (
    <ul className={open ? "ao-lang__list ao-lang__list--open" : "ao-lang__list"}>
      {[...leading, ...others].map(({ code, name }) => (
        <li key={code}>
          {/* A plain link: a new language needs a new document with its own lang, dir and words. */}
          <a href={links[code]} lang={code} hrefLang={code} aria-current={code === current ? "true" : undefined}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The switch of the header: names other languages in their own script at once; works without script. */
export function LanguageSwitch({ links }: { links: LanguageLinks }) {
  const { t, i18n } = useTranslation();
  const others = languages.filter(({ code }) => code !== i18n.language).slice(0, 3);
  return (
    <details className="ao-lang">
      <summary>
        <Icon name="language" />
        <span className="ao-hidden">{t("header.language")} </span>
        <span className="ao-lang__now">{languages.find(({ code }) => code === i18n.language)?.name}</span>
        <span className="ao-lang__others" aria-hidden="true">
          {others.map(({ code, name }, index) => (
            <span key={code}>
              {index > 0 && " · "}
              <bdi lang={code}>{name}</bdi>
            </span>
          ))}
          {" …"}
        </span>
        <Icon name="arrow-down" />
      </summary>
      <div className="ao-lang__panel">
        <Names current={i18n.language} links={links} />
      </div>
    </details>
  );
}

/**
 * All languages as chips: the first thing on a start page, for people who cannot read its words. `first` stand before the
 * others.
 */
export function LanguageChips({ links, first }: { links: LanguageLinks; first?: readonly Language[] }) {
  const { t, i18n } = useTranslation();
  return (
    <nav aria-label={t("header.chooseLanguage")}>
      <Names current={i18n.language} links={links} open {...(first && { first })} />
    </nav>
  );
}
