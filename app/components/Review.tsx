import { Link } from "@remix-run/react";
import { useId } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { German } from "#app/components/GermanTerm.tsx";

/**
 * A line of a summary. Several values stand below each other; a code stays left to right in its own type; what is
 * German in every language (an authority, a § of a law) says so.
 */
export type Row = { label: string; value: string | readonly string[]; isCode?: boolean; isGerman?: boolean };

function Value({ value, isCode = false, isGerman = false }: Omit<Row, "label">) {
  return (typeof value === "string" ? [value] : value).map((line, index) => (
    <div key={index}>
      {isCode ? <span className="ao-code">{line}</span> : isGerman ? <German>{line}</German> : <bdi>{line}</bdi>}
    </div>
  ));
}

/** Labels with their values. */
export function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <dl className="ao-review__list">
      {rows.map(({ label, ...value }, index) => (
        <div className="ao-review__row" key={index}>
          <dt>{label}</dt>
          <dd>
            <Value {...value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The answers of one page, with the link to change them. */
export type ReviewBlock = { title: string; rows: readonly Row[]; editHref?: string };

function Change({ title, href }: { title: string; href: string }) {
  const { t } = useTranslation();
  return (
    <Link className="kern-link kern-link--no-visited-state" to={href}>
      {t("actions.change")}
      <span className="ao-hidden">{t("actions.of", { what: title })}</span>
    </Link>
  );
}

/** A page with one answer is one line: its heading is the question, the short label would only repeat it. */
function OneAnswer({ title, row: { label: _label, ...value }, editHref }: Omit<ReviewBlock, "rows"> & { row: Row }) {
  return (
    <dl className="ao-review__list">
      <div className="ao-review__row ao-review__row--one">
        <dt>{title}</dt>
        <dd>
          <Value {...value} />
        </dd>
        {editHref && (
          <dd className="ao-review__change">
            <Change title={title} href={editHref} />
          </dd>
        )}
      </div>
    </dl>
  );
}

function Block({ title, rows, editHref }: ReviewBlock) {
  const [first, ...others] = rows;
  if (first && others.length === 0) return <OneAnswer title={title} row={first} {...(editHref ? { editHref } : {})} />;
  return (
    <div>
      <div className="ao-review__head">
        <h3 className="kern-title kern-title--small">{title}</h3>
        {editHref && <Change title={title} href={editHref} />}
      </div>
      <Rows rows={rows} />
    </div>
  );
}

/** A section of the answers to check: its pages one below the other. */
export function ReviewSection({ title, blocks }: { title: string; blocks: readonly ReviewBlock[] }) {
  const id = useId();
  return (
    <section className="ao-review" aria-labelledby={id}>
      <h2 className="kern-heading-medium" id={id}>
        {title}
      </h2>
      {blocks.map((block, index) => (
        <Block key={index} {...block} />
      ))}
    </section>
  );
}
