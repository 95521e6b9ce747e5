import { fixedWords } from "#app/pdf/blocks.server.ts";
import { plainText, shapedCharacters, spellUnknown } from "#app/pdf/characters.ts";
import type { PdfDocument, PdfRow } from "#app/pdf/document.ts";
import { fontsFor, unknownCharacters } from "#app/pdf/fonts.server.ts";
import { layOut } from "#app/pdf/layout.server.ts";
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

/** The document with texts that can be drawn, and all characters that it needs by weight. */
async function prepare(document: PdfDocument) {
  const all = new Set<string>();
  const plain = mapTexts(document, (text) => {
    const shown = plainText(text);
    for (const character of shown) all.add(character);
    return shown;
  });
  all.delete("\n");
  const unknown = await unknownCharacters([...all].join(""));
  const characters: Record<Weight, Set<string>> = { regular: new Set(fixedWords), bold: new Set() };
  const readable = mapTexts(plain, (text, ...weights) => {
    const shown = spellUnknown(text, unknown);
    for (const weight of weights) for (const character of shapedCharacters(shown)) characters[weight].add(character);
    return shown;
  });
  for (const weight of ["regular", "bold"] as const) characters[weight].delete("\n");
  return { readable, characters };
}

/**
 * Draws a document as a tagged PDF on A4 pages. The same document gives the same bytes; characters that no font has
 * are written `[U+XXXX]`.
 * @throws RangeError when `createdAt` is no date
 */
export async function renderPdf(document: PdfDocument): Promise<Uint8Array> {
  const { readable, characters } = await prepare(document);
  const layout = layOut(createShaper(await fontsFor(characters)), readable);
  return writePdf(layout, { title: readable.title, language: document.language, createdAt: document.createdAt });
}
