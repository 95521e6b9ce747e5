import { useId } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { directionOf, isLanguage, leadingLanguage } from "#locales/languages.ts";

/** A German text, and what it says in the language of the page where that is something else. */
type Helped = { text: string; help?: string };
type HelpedRow = { label: Helped; value: Helped };
export type ApplicationPaperProps = {
  title: Helped;
  subtitle: Helped;
  /** Said where nobody receives the application. */
  demo?: Helped;
  facts: readonly HelpedRow[];
  sections: readonly {
    title: Helped;
    rows: readonly HelpedRow[];
    groups: readonly { title: Helped; rows: readonly HelpedRow[] }[];
  }[];
};

/** The German text with its reading help below, each read out in its own language and direction. */
function Text({ text, help }: Helped) {
  const { i18n } = useTranslation();
  const language = isLanguage(i18n.language) ? i18n.language : leadingLanguage;
  return (
    <>
      <bdi>{text}</bdi>
      {help !== undefined && (
        <span className="ao-reading" lang={language} dir={directionOf(language)}>
          {help}
        </span>
      )}
    </>
  );
}

function Rows({ rows }: { rows: readonly HelpedRow[] }) {
  if (rows.length === 0) return null;
  return (
    <dl className="ao-review__list">
      {rows.map(({ label, value }, index) => (
        <div className="ao-review__row" key={index}>
          <dt>
            <Text {...label} />
          </dt>
          <dd>
            <Text {...value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/**
 * A filed application to read: the text that the authority gets, in German and from left to right on every page, with
 * the language of the page as a reading help. The same document as the PDF.
 */
export function ApplicationPaper({ title, subtitle, demo, facts, sections }: ApplicationPaperProps) {
  const id = useId();
  return (
    <article className="ao-application ao-stack ao-stack--l" aria-labelledby={id} lang={leadingLanguage} dir="ltr">
      <div className="ao-stack ao-stack--s">
        <h2 className="kern-heading-large" id={id}>
          <Text {...title} />
        </h2>
        <p className="kern-body">
          <Text {...subtitle} />
        </p>
        {demo && (
          <p className="kern-body">
            <strong>
              <Text {...demo} />
            </strong>
          </p>
        )}
        <Rows rows={facts} />
      </div>
      {sections.map((section, index) => (
        <section className="ao-review" key={index} aria-labelledby={`${id}-${index}`}>
          <h3 className="kern-heading-medium" id={`${id}-${index}`}>
            <Text {...section.title} />
          </h3>
          <Rows rows={section.rows} />
          {section.groups.map((group, place) => (
            <div key={place}>
              <h4 className="kern-heading-small">
                <Text {...group.title} />
              </h4>
              <Rows rows={group.rows} />
            </div>
          ))}
        </section>
      ))}
    </article>
  );
}
