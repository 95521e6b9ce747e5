/** Shown where nothing was answered, so that a gap is not taken for a fault of the print. */
export const NO_ANSWER = "keine Angabe";

/** The application as a document: German text only, already formatted. PDF and page are two renderings of it. */
export type PdfRow = { label: string; value: string };
export type PdfSection = {
  title: string;
  rows: readonly PdfRow[];
  groups?: readonly { title: string; rows: readonly PdfRow[] }[];
};
export type PdfDocument = {
  title: string;
  subtitle: string;
  /** Printed on every page in demo mode, e.g. "DEMO: Keine Behörde erhält diesen Antrag". */
  demo?: string;
  /** Key data at the top: reference, authority, time, service. */
  facts: readonly PdfRow[];
  sections: readonly PdfSection[];
  /** Closing paragraphs, e.g. declarations. */
  paragraphs: readonly string[];
  /** Left part of every footer; the page number stands on the right. */
  footer: string;
  /** Text of a QR code drawn on the first page. */
  qr?: string;
  /** BCP 47 tag of the text. */
  language: "de";
  /** Creation date in the PDF's own data (ISO). */
  createdAt: string;
};
