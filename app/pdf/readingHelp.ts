import { NO_ANSWER, type PdfDocument, type PdfRow, type PdfSection } from "#app/pdf/document.ts";

/** A German text with what it says in the reader's language, where that is something else. */
export type Helped = { text: string; help?: string };
export type HelpedRow = { label: Helped; value: Helped };
export type HelpedSection = {
  title: Helped;
  rows: readonly HelpedRow[];
  groups: readonly { title: Helped; rows: readonly HelpedRow[] }[];
};
/** A document to read on a page: the German text leads, the reader's language stands beside it. */
export type HelpedDocument = {
  title: Helped;
  subtitle: Helped;
  demo?: Helped;
  facts: readonly HelpedRow[];
  sections: readonly HelpedSection[];
};

function helped(text: string, help: string | undefined): Helped {
  return help === undefined || help === "" || help === text ? { text } : { text, help };
}

function rowsOf(german: readonly PdfRow[], other: readonly PdfRow[] = []): HelpedRow[] {
  return german.map(({ label, value }, index) => ({
    label: helped(label, other[index]?.label),
    value: helped(value.trim() === "" ? NO_ANSWER : value, other[index]?.value),
  }));
}

function sectionOf(german: PdfSection, other: PdfSection | undefined): HelpedSection {
  return {
    title: helped(german.title, other?.title),
    rows: rowsOf(german.rows, other?.rows),
    groups: (german.groups ?? []).map((group, index) => ({
      title: helped(group.title, other?.groups?.[index]?.title),
      rows: rowsOf(group.rows, other?.groups?.[index]?.rows),
    })),
  };
}

/** Puts two renderings of the same application side by side, the German one first. */
export function withReadingHelp(german: PdfDocument, other: PdfDocument): HelpedDocument {
  return {
    title: helped(german.title, other.title),
    subtitle: helped(german.subtitle, other.subtitle),
    ...(german.demo === undefined ? {} : { demo: helped(german.demo, other.demo) }),
    facts: rowsOf(german.facts, other.facts),
    sections: german.sections.map((section, index) => sectionOf(section, other.sections[index])),
  };
}
