import { useId, type ReactNode } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";

export type DeadlineBannerProps = {
  /** calm: more than 56 days; soon: 56 or fewer; urgent: 14 or fewer; expired. The caller's thresholds are data. */
  tone: "calm" | "soon" | "urgent" | "expired";
  title: string;
  text: string;
  /** Days left, for the leaf of the calendar, which repeats the text for the eye only. */
  days?: number;
  /** A link or two behind the text, e.g. the short application or a telephone number. */
  children?: ReactNode;
};

/** A deadline that matters to the person: what to do first, then why. */
export function DeadlineBanner({ tone, title, text, days, children }: DeadlineBannerProps) {
  const { t } = useTranslation();
  const id = useId();
  const isOver = tone === "expired";
  return (
    <section className={`ao-deadline ao-deadline--${tone}`} aria-labelledby={id}>
      {(isOver || days !== undefined) && (
        <p className="ao-deadline__leaf" aria-hidden="true">
          <b>{isOver ? "!" : days}</b>
          <span>{isOver ? t("deadline.over") : t("deadline.days", { count: days ?? 0 })}</span>
        </p>
      )}
      <p className="kern-title kern-title--small" id={id}>
        {title}
      </p>
      <p className="ao-deadline__text">
        {text} {children}
      </p>
    </section>
  );
}
