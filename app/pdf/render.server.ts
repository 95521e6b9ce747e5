import { setImmediate } from "node:timers/promises";
import { fixedWords } from "#app/pdf/blocks.server.ts";
import { plainText, shapedCharacters, spellUnknown } from "#app/pdf/characters.ts";
import type { PdfDocument, PdfRow } from "#app/pdf/document.ts";
import { fontsFor, unknownCharacters } from "#app/pdf/fonts.server.ts";
import { layOut } from "#app/pdf/layout.server.ts";
import type { Layout } from "#app/pdf/pages.ts";
import { createShaper } from "#app/pdf/shaping.server.ts";
import type { Weight } from "#app/pdf/typefaces.ts";
import { writePdf } from "#app/pdf/write.server.ts";

type Change = (text: string, ...weights: readonly Weight[]) => string;

/**
 * The same document with every text that is drawn passed through `change`, and told the weights in which it is drawn;
 * the QR code's text is not drawn.
 */
function mapTexts(document: PdfDocument, change: Change): PdfDocument {
  const rows = (list: readonly PdfRow[], weight: Weight = "regular") =>
    list.map((row) => ({ label: change(row.label, "regular"), value: change(row.value, "regular", weight) }));
  return {
    ...document,
    title: change(document.title, "bold"),
    subtitle: change(document.subtitle, "regular"),
    ...(document.demo === undefined ? {} : { demo: change(document.demo, "bold") }),
    facts: rows(document.facts, "bold"),
    sections: document.sections.map((section) => ({
      title: change(section.title, "bold", "regular"),
      rows: rows(section.rows),
      groups: (section.groups ?? []).map((group) => ({ title: change(group.title, "bold"), rows: rows(group.rows) })),
    })),
    paragraphs: document.paragraphs.map((text) => change(text, "regular")),
    footer: change(document.footer, "regular"),
  };
}

/** The documents with texts that can be drawn, and all characters that they need by weight. */
async function prepare(documents: readonly PdfDocument[]) {
  const all = new Set<string>();
  const plain = documents.map((document) =>
    mapTexts(document, (text) => {
      const shown = plainText(text);
      for (const character of shown) all.add(character);
      return shown;
    }),
  );
  all.delete("\n");
  const unknown = await unknownCharacters([...all].join(""));
  const characters: Record<Weight, Set<string>> = { regular: new Set(fixedWords), bold: new Set() };
  const readable = plain.map((document) =>
    mapTexts(document, (text, ...weights) => {
      const shown = spellUnknown(text, unknown);
      for (const weight of weights) for (const character of shapedCharacters(shown)) characters[weight].add(character);
      return shown;
    }),
  );
  for (const weight of ["regular", "bold"] as const) characters[weight].delete("\n");
  return { readable, characters };
}

/**
 * Draws a document as a tagged PDF on A4 pages. The same document gives the same bytes; characters that no font has
 * are written `[U+XXXX]`.
 * @throws RangeError when `createdAt` is no date
 */
export async function renderPdf(document: PdfDocument): Promise<Uint8Array> {
  return renderPdfs(document, []);
}

/** Layouts behind one another. Bookmarks of several documents would all be the same. */
function joined(layouts: readonly Layout[]): Layout {
  const [only, ...others] = layouts;
  if (only && others.length === 0) return only;
  const structure = { role: "Document", children: layouts.map((layout) => layout.structure) } as const;
  return { pages: layouts.flatMap(({ pages }) => pages), bookmarks: [], structure };
}

/**
 * Draws documents into one PDF, each beginning on a page of its own; title and date are those of the first.
 * @throws RangeError when `createdAt` is no date
 */
export async function renderPdfs(first: PdfDocument, others: readonly PdfDocument[]): Promise<Uint8Array> {
  const { readable, characters } = await prepare([first, ...others]);
  const shaper = createShaper(await fontsFor(characters));
  const layouts: Layout[] = [];
  for (const document of readable) {
    layouts.push(layOut(shaper, document));
    // Whoever asks for a page meanwhile waits for one document at most.
    await setImmediate();
  }
  const { language, createdAt } = first;
  return writePdf(joined(layouts), { title: readable[0]?.title ?? first.title, language, createdAt });
}
