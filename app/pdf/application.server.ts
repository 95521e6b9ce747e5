import type { PdfDocument, PdfRow, PdfSection } from "#app/pdf/document.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import type { Words } from "#flows/delivery/words.ts";

/** Words of the PDF beside those of the payload; all German. */
export type PdfWords = Words & {
  text: (
    key:
      | "demo"
      | "title"
      | "reference"
      | "filedAt"
      | "authority"
      | "service"
      | "evidence"
      | "later"
      | "declarations"
      | "footer"
      | "yes"
      | "no"
      | "questions"
      | "legalBasis",
  ) => string;
};

const berlinTime = new Intl.DateTimeFormat("de-DE", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "Europe/Berlin",
});

function germanDate(text: string): string {
  return text.split("-").toReversed().join(".");
}

/** A payload value as a German reader writes it. */
function display(value: unknown, words: PdfWords): string {
  if (Array.isArray(value)) return value.map((item) => display(item, words)).join(", ");
  if (typeof value === "boolean") return words.text(value ? "yes" : "no");
  if (typeof value === "string") return /^\d{4}(-\d{2}){1,2}$/.test(value) ? germanDate(value) : value;
  if (typeof value === "object" && value !== null && "text" in value) return String(value.text);
  return typeof value === "number" ? value.toLocaleString("de-DE") : "";
}

function rows(values: Readonly<Record<string, unknown>>, words: PdfWords): PdfRow[] {
  return Object.entries(values).flatMap(([name, value]) =>
    name === "id" ? [] : [{ label: words.field(name), value: display(value, words) }],
  );
}

type Question = { label: string; answer: unknown };

function section(id: string, value: unknown, words: PdfWords): PdfSection {
  if (id === "questions") {
    const list = value as readonly Question[];
    return {
      title: words.text("questions"),
      rows: list.map(({ label, answer }) => ({ label, value: display(answer, words) })),
    };
  }
  if (!Array.isArray(value)) return { title: words.section(id), rows: rows(value as Record<string, unknown>, words) };
  const groups = (value as Record<string, unknown>[]).map((item, index) => ({
    title: `${words.group(id)} ${index + 1}`,
    rows: rows(item, words),
  }));
  return { title: words.group(id), rows: groups.length === 0 ? [{ label: words.group(id), value: "–" }] : [], groups };
}

/** The German PDF of a filed application: what a clerk reads and the applicant keeps. */
export function applicationPdf(payload: Payload, words: PdfWords): PdfDocument {
  const evidence = payload.evidence.map((entry) => ({
    label: entry.title,
    value: entry.later
      ? [words.text("later"), entry.later.reason].filter(Boolean).join(": ")
      : entry.files.map((file) => file.filename).join(", "),
  }));
  return {
    title: words.text("title"),
    subtitle: payload.service.title,
    ...(payload.demo === undefined ? {} : { demo: payload.demo }),
    facts: [
      { label: words.text("reference"), value: payload.reference },
      { label: words.text("filedAt"), value: berlinTime.format(new Date(payload.filedAt)) },
      { label: words.text("authority"), value: payload.authority.name },
      { label: words.text("service"), value: payload.service.title },
      { label: words.text("legalBasis"), value: payload.suggestion.legalBasis ?? "–" },
    ],
    sections: [
      ...Object.entries(payload.data).map(([id, value]) => section(id, value, words)),
      { title: words.text("evidence"), rows: evidence },
      {
        title: words.text("declarations"),
        rows: payload.declarations.map((entry) => ({
          label: entry.text,
          value: words.text(entry.given ? "yes" : "no"),
        })),
      },
    ],
    paragraphs: [],
    footer: `${payload.reference} · ${words.text("footer")}`,
    language: "de",
    createdAt: payload.filedAt,
  };
}
