import type { PdfDocument, PdfRow, PdfSection } from "#app/pdf/document.ts";
import { berlinTime, germanDate } from "#app/pdf/german.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import type { Coded } from "#flows/delivery/value.ts";
import type { Words } from "#flows/delivery/words.ts";

/** A text that was frozen in German when the application was filed, and what it is the text of. */
export type FiledText =
  | { of: "option"; name: string; code: string; list?: string | undefined; text: string }
  | { of: "evidence" | "declaration" | "service" | "demo"; id: string; text: string };

/** Words of the document beside those of the payload. */
export type PdfWords = Words & {
  /** The text itself in German, which counts as it was filed; in another language its translation, as a reading help. */
  filed: (text: FiledText) => string;
  text: (
    key:
      | "demo"
      | "notSent"
      | "title"
      | "titleMinimal"
      | "titleSupplement"
      | "reference"
      | "filedAt"
      | "authority"
      | "service"
      | "extent"
      | "minimal"
      | "supplement"
      | "evidence"
      | "later"
      | "sentBefore"
      | "declarations"
      | "footer"
      | "yes"
      | "no"
      | "questions"
      | "legalBasis"
      | "spellingToCheck"
      | "familyTitle"
      | "familyLead"
      | "familyAsOf"
      | "familyCount"
      | "familyTo"
      | "familyPersons"
      | "familyFirst"
      | "familyBorn",
  ) => string;
};

const isCoded = (value: object): value is Coded => "code" in value && "text" in value;

/** A payload value as a German reader writes it. */
function display(name: string, value: unknown, words: PdfWords): string {
  if (Array.isArray(value)) return value.map((item) => display(name, item, words)).join(", ");
  if (typeof value === "boolean") return words.text(value ? "yes" : "no");
  if (typeof value === "string") return /^\d{4}(-\d{2}){1,2}$/.test(value) ? germanDate(value) : value;
  if (typeof value === "object" && value !== null && isCoded(value)) {
    const { code, list, text, answer } = value;
    // Where a key covers several answers, the answer is told.
    return words.filed({ of: "option", name, text, ...(answer === undefined ? { code, list } : { code: answer }) });
  }
  return typeof value === "number" ? value.toLocaleString("de-DE") : "";
}

const NAMES = ["familyName", "givenNames"];

/** Names that no paper shows in Latin letters: the authority checks their spelling. */
function namesToCheck({ quality }: Pick<Payload, "quality">): readonly string[] {
  return quality.some(({ code }) => code === "nameTransliterated") ? NAMES : [];
}

function rows(values: Readonly<Record<string, unknown>>, words: PdfWords, toCheck: readonly string[] = []): PdfRow[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const mark = toCheck.includes(name) ? ` (${words.text("spellingToCheck")})` : "";
    return name === "id" ? [] : [{ label: words.field(name), value: `${display(name, value, words)}${mark}` }];
  });
}

type Question = { id: string; label: string; answer: unknown };

function section(id: string, value: unknown, words: PdfWords, toCheck: readonly string[]): PdfSection {
  if (id === "questions") {
    const list = value as readonly Question[];
    return {
      title: words.text("questions"),
      rows: list.map((question) => ({ label: question.label, value: display(question.id, question.answer, words) })),
    };
  }
  if (!Array.isArray(value))
    return { title: words.section(id), rows: rows(value as Record<string, unknown>, words, toCheck) };
  const groups = (value as Record<string, unknown>[]).map((item, index) => ({
    title: `${words.group(id)} ${index + 1}`,
    rows: rows(item, words),
  }));
  return { title: words.group(id), rows: groups.length === 0 ? [{ label: words.group(id), value: "–" }] : [], groups };
}

function evidenceRow({ code, title, files, sentBefore, later }: Payload["evidence"][number], words: PdfWords): PdfRow {
  const lines = [
    files.map(({ filename }) => filename).join(", "),
    sentBefore === undefined ? "" : `${words.text("sentBefore")}: ${sentBefore.join(", ")}`,
    later === undefined ? "" : [words.text("later"), later.reason].filter(Boolean).join(": "),
  ];
  return {
    label: words.filed({ of: "evidence", id: code, text: title }),
    value: lines.filter(Boolean).join("\n"),
  };
}

/** What kind of message it is, told in the title and among the key data: a whole application says nothing more. */
function kindOf(payload: Payload): {
  title: "title" | "titleMinimal" | "titleSupplement";
  extent?: "minimal" | "supplement";
} {
  if (payload.kind === "supplement") return { title: "titleSupplement", extent: "supplement" };
  return payload.completeness === "minimal" ? { title: "titleMinimal", extent: "minimal" } : { title: "title" };
}

/**
 * A filed application as a document: what a clerk reads and the applicant keeps. With German words it is the text that
 * counts; with others it has the same shape, row by row, and serves as a reading help.
 */
export function applicationPdf(payload: Payload, words: PdfWords): PdfDocument {
  const { title, extent } = kindOf(payload);
  const service = words.filed({ of: "service", id: payload.service.id, text: payload.service.title });
  return {
    title: words.text(title),
    subtitle: service,
    ...(payload.demo === undefined ? {} : { demo: words.filed({ of: "demo", id: "demo", text: payload.demo }) }),
    facts: [
      { label: words.text("reference"), value: payload.reference },
      { label: words.text("filedAt"), value: berlinTime(payload.filedAt) },
      { label: words.text("authority"), value: payload.authority.name },
      { label: words.text("service"), value: service },
      ...(extent === undefined ? [] : [{ label: words.text("extent"), value: words.text(extent) }]),
      { label: words.text("legalBasis"), value: payload.suggestion.legalBasis ?? "–" },
    ],
    sections: [
      ...Object.entries(payload.data).map(([id, value]) => section(id, value, words, namesToCheck(payload))),
      { title: words.text("evidence"), rows: payload.evidence.map((entry) => evidenceRow(entry, words)) },
      {
        title: words.text("declarations"),
        rows: payload.declarations.map(({ id, text, given }) => ({
          label: words.filed({ of: "declaration", id, text }),
          value: words.text(given ? "yes" : "no"),
        })),
      },
    ],
    paragraphs: [],
    footer: `${payload.reference} · ${words.text("footer")}`,
    language: "de",
    createdAt: payload.filedAt,
  };
}

/** What was never filed: the same document without reference and time, marked on every page as not sent. */
export function unsentPdf(payload: Payload, words: PdfWords): PdfDocument {
  const document = applicationPdf(payload, words);
  const filed = [words.text("reference"), words.text("filedAt")];
  return {
    ...document,
    demo: words.text("notSent"),
    facts: document.facts.filter(({ label }) => !filed.includes(label)),
    footer: words.text("footer"),
  };
}
