import { Link } from "@remix-run/react";
import { useId } from "react";
import { useTranslation } from "react-i18next";

/** A line of a summary. Several values stand below each other; a code stays left to right in its own type. */
export type Row = { label: string; value: string | readonly string[]; isCode?: boolean };

/** Labels with their values. */
export function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <dl className="ao-review__list">
      {rows.map(({ label, value, isCode = false }) => (
        <div className="ao-review__row" key={label}>
          <dt>{label}</dt>
          <dd>
            {(typeof value === "string" ? [value] : value).map((line, index) => (
              <div key={index}>{isCode ? <span className="ao-code">{line}</span> : <bdi>{line}</bdi>}</div>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A section of the answers to check, with one link to change them. */
export function ReviewSection({ title, rows, editHref }: { title: string; rows: readonly Row[]; editHref?: string }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className="ao-review__head">
        <h2 className="kern-heading-small" id={id}>
          {title}
        </h2>
        {editHref && (
          <Link className="kern-link kern-link--no-visited-state" to={editHref}>
            {t("actions.change")}
            <span className="ao-hidden">{t("actions.of", { what: title })}</span>
          </Link>
        )}
      </div>
      <Rows rows={rows} />
    </section>
  );
}
