import { Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Icon } from "#app/components/Icon.tsx";

/** A section of the application; only one that can be reached has a link. */
export type Section = { title: string; state: "done" | "here" | "gap" | "open"; href?: string };

function Entry({ title, state, href }: Section) {
  const { t } = useTranslation();
  const isNote = state === "here" || state === "gap";
  return (
    <li className={`ao-steps__item ao-steps__item--${state}`} aria-current={state === "here" ? "step" : undefined}>
      <span className="ao-steps__dot" aria-hidden="true">
        {state === "done" && <Icon name="check" />}
      </span>
      <span>
        {href && state !== "here" ? (
          <Link className="ao-steps__name" to={href}>
            {title}
          </Link>
        ) : (
          <span className="ao-steps__name">{title}</span>
        )}
        {isNote ? (
          <span className="ao-steps__note">{t(`sections.${state}`)}</span>
        ) : (
          <span className="ao-hidden"> {t(`sections.${state}`)}</span>
        )}
      </span>
    </li>
  );
}

/** The sections of the application: one line with a bar on phones, an open list beside the form on wide screens; nothing when there is only one. */
export function SectionsNav({ sections }: { sections: readonly Section[] }) {
  const { t } = useTranslation();
  // One section alone is no way to look at.
  if (sections.length < 2) return null;
  const here = sections.findIndex(({ state }) => state === "here");
  return (
    <nav className="ao-wizard__nav" aria-label={t("sections.label")}>
      <div className="kern-progress" aria-hidden="true">
        <progress max={sections.length} value={here + 1} />
      </div>
      <details className="ao-steps">
        <summary>
          <span>
            <strong>{t("sections.position", { number: here + 1, total: sections.length })}</strong>{" "}
            {sections[here]?.title}
          </span>
          <Icon name="arrow-down" />
        </summary>
        <ol className="ao-steps__list">
          {sections.map((section) => (
            <Entry key={section.title} {...section} />
          ))}
        </ol>
      </details>
    </nav>
  );
}
