import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Icon } from "#app/components/Icon.tsx";

/** One fact of a message. */
export type Fact = { label: string; value: string; isCode?: boolean; note?: string };

/** What a message is and where it stands. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="ao-facts">
      {facts.map(({ label, value, isCode, note }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {isCode ? <span className="ao-code">{value}</span> : value}
            {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** One thing that happened on the way of a message. */
export type Step = {
  tone: "done" | "failed" | "note";
  title: string;
  when: string;
  /** What it means and what to do. */
  text?: string;
  note?: string;
  code?: string;
};

/** Everything that happened, oldest first. Success and failure are told in words, the dot only repeats them. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation(["operator"]);
  return (
    <section className="ao-stack" aria-labelledby="timeline">
      <h2 className="kern-heading-small" id="timeline">
        {t("operator:trace.timeline")}
      </h2>
      <ol className="ao-timeline">
        {steps.map(({ tone, title, when, text, note, code }, index) => (
          <li key={index} className={`ao-timeline__${tone}`}>
            <span className="ao-steps__dot" aria-hidden="true">
              {tone === "done" && <Icon name="check" />}
              {tone === "failed" && <Icon name="close" />}
            </span>
            <div>
              <p className="ao-timeline__name">
                <span>{title}</span> {code && <span className="ao-code">{code}</span>}
              </p>
              <p className="ao-timeline__when">{when}</p>
              {text && <p>{text}</p>}
              {note && <p className="ao-muted ao-codes">{note}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
