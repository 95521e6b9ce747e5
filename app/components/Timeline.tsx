import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Icon } from "#app/components/Icon.tsx";

/** Something that happened, is due now or is to come; `when` is formatted, `note` is for who asks further. */
export type TimelineEntry = {
  state: "done" | "here" | "open";
  title: string;
  when?: string;
  text?: string;
  note?: string;
};

/** What happened so far and what comes next, oldest first. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation();
  return (
    <ol className="ao-timeline">
      {entries.map(({ state, title, when, text, note }, index) => (
        <li className={`ao-timeline__${state}`} aria-current={state === "here" ? "step" : undefined} key={index}>
          <span className="ao-steps__dot" aria-hidden="true">
            {state === "done" && <Icon name="check" />}
          </span>
          <div>
            <p className="ao-timeline__name">
              {title}
              <span className="ao-hidden"> {t(`timeline.${state}`)}</span>
            </p>
            {when && (
              <p className="ao-timeline__when">
                <bdi>{when}</bdi>
              </p>
            )}
            {text && <p>{text}</p>}
            {note && <p className="ao-muted ao-codes">{note}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
