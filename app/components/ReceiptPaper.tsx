import { useId } from "react";
import { QrCode } from "#app/components/QrCode.tsx";
import { Rows, type Row } from "#app/components/Review.tsx";
import { directionOf, type Language } from "#locales/languages.ts";

export type ReceiptPaperProps = {
  /** German name of the authority and its office. */
  authority: string;
  office: string;
  /** Date and time of filing in Berlin, formatted. */
  filedAt: string;
  title: string;
  /** Shown as it is: grouped by the caller. */
  reference: string;
  rows: readonly Row[];
  /** Heading, sentences, and the one that must not be missed: no Fiktionsbescheinigung, no decision. */
  meaning: { title: string; paragraphs: readonly string[]; warning: string };
  qr: { modules: readonly (readonly boolean[])[]; caption: string };
  checksums: readonly { label: string; hash: string }[];
  /** The fixed words, in the language of the document: `receipt.*` of the common words. */
  labels: { product: string; reference: string; checksums: string; qr: string };
  /** German is the binding text; a translation is a reading help. */
  lang: Language;
};

/** The receipt: a document to show, on one printed page, without any secret. */
export function ReceiptPaper(props: ReceiptPaperProps) {
  const { authority, office, filedAt, title, reference, rows, meaning, qr, checksums, labels, lang } = props;
  const id = useId();
  return (
    <article className="ao-paper" aria-labelledby={id} lang={lang} dir={directionOf(lang)}>
      <div className="ao-paper__head">
        <p lang="de">
          <strong>{authority}</strong>
          <br />
          {office}
        </p>
        <p className="kern-body kern-body--small">
          {labels.product}
          <br />
          <bdi>{filedAt}</bdi>
        </p>
      </div>
      <div className="ao-paper__body">
        <div className="ao-stack">
          <div className="ao-stack ao-stack--s">
            <h2 className="kern-heading-large" id={id}>
              {title}
            </h2>
            <p className="ao-muted">{labels.reference}</p>
            <p className="ao-ref" translate="no">
              {reference}
            </p>
          </div>
          <Rows rows={rows} />
          <div className="ao-stack ao-stack--s">
            <h3 className="kern-heading-small">{meaning.title}</h3>
            {meaning.paragraphs.map((paragraph) => (
              <p className="kern-body" key={paragraph}>
                {paragraph}
              </p>
            ))}
            <p className="kern-body">
              <strong>{meaning.warning}</strong>
            </p>
          </div>
        </div>
        <figure className="ao-qr">
          <QrCode modules={qr.modules} label={labels.qr} />
          <figcaption>{qr.caption}</figcaption>
        </figure>
      </div>
      <div className="ao-paper__foot">
        <h3 className="kern-title kern-title--small">{labels.checksums}</h3>
        <ul className="ao-hash">
          {checksums.map(({ label, hash }, index) => (
            <li key={index}>
              <bdi>{label}</bdi>
              <span className="ao-code">{hash}</span>
            </li>
          ))}
        </ul>
      </div>
    </article>
  );
}
