import { PDFArray, PDFDocument, PDFHexString, PDFName, PDFNull, type PDFContext, type PDFRef } from "pdf-lib";
import { fixedWords } from "#app/pdf/blocks.server.ts";
import { plainText, shapedCharacters, spellUnknown } from "#app/pdf/characters.ts";
import type { PdfDocument, PdfRow } from "#app/pdf/document.ts";
import { drawPage } from "#app/pdf/drawing.server.ts";
import { createFontWriter } from "#app/pdf/embedding.server.ts";
import { fontsFor, unknownCharacters } from "#app/pdf/fonts.server.ts";
import { layOut } from "#app/pdf/layout.server.ts";
import { sheet, type Bookmark } from "#app/pdf/pages.ts";
import { createShaper } from "#app/pdf/shaping.server.ts";
import { writeStructure, type MarkedContent } from "#app/pdf/structure.server.ts";
import type { Weight } from "#app/pdf/typefaces.ts";

const PRODUCER = "Aufenthalt Online";

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

/** One bookmark per section, flat (ISO 32000-1, 12.3.3). */
function writeOutline(
  context: PDFContext,
  bookmarks: readonly Bookmark[],
  pages: readonly PDFRef[],
): PDFRef | undefined {
  const refs = bookmarks.map(() => context.nextRef());
  const [first, last] = [refs[0], refs.at(-1)];
  if (!first || !last) return undefined;
  const outline = context.register(context.obj({ Type: "Outlines", First: first, Last: last, Count: refs.length }));
  bookmarks.forEach((bookmark, index) => {
    const [ref, previous, next, page] = [refs[index], refs[index - 1], refs[index + 1], pages[bookmark.page]];
    if (!ref || !page) return;
    const target = PDFArray.withContext(context);
    const top = context.obj(Math.round(sheet.height - bookmark.y + 8));
    for (const part of [page, PDFName.of("XYZ"), PDFNull, top, PDFNull]) target.push(part);
    const item = context.obj({ Parent: outline, Dest: target });
    item.set(PDFName.of("Title"), PDFHexString.fromText(bookmark.title));
    if (previous) item.set(PDFName.of("Prev"), previous);
    if (next) item.set(PDFName.of("Next"), next);
    context.assign(ref, item);
  });
  return outline;
}

/**
 * Draws a document as a tagged PDF on A4 pages. The same document gives the same bytes; characters that no font has
 * are written `[U+XXXX]`.
 * @throws RangeError when `createdAt` is no date
 */
export async function renderPdf(document: PdfDocument): Promise<Uint8Array> {
  const created = new Date(document.createdAt);
  if (Number.isNaN(created.getTime())) throw new RangeError("createdAt of a PDF is no date");
  const { readable, characters } = await prepare(document);
  const layout = layOut(createShaper(await fontsFor(characters)), readable);

  const pdf = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = pdf;
  pdf.setTitle(readable.title, { showInWindowTitleBar: true });
  pdf.setLanguage(document.language);
  pdf.setProducer(PRODUCER);
  pdf.setCreator(PRODUCER);
  pdf.setCreationDate(created);
  pdf.setModificationDate(created);

  const fonts = createFontWriter(context);
  const marked: MarkedContent[] = [];
  const drawn = layout.pages.map((page, index) => {
    const { content, elements } = drawPage(fonts, page);
    marked.push(...elements.map((element, id) => ({ element, page: index, id })));
    const leaf = pdf.addPage([sheet.width, sheet.height]);
    leaf.node.set(PDFName.of("Contents"), context.register(context.flateStream(content)));
    leaf.node.set(PDFName.of("StructParents"), context.obj(index));
    leaf.node.set(PDFName.of("Tabs"), PDFName.of("S"));
    return leaf;
  });
  const fontRefs = fonts.finish();
  const resources = context.register(context.obj({ Font: Object.fromEntries(fontRefs) }));
  for (const leaf of drawn) leaf.node.set(PDFName.of("Resources"), resources);
  const pages = drawn.map((leaf) => leaf.ref);

  catalog.set(PDFName.of("MarkInfo"), context.obj({ Marked: true }));
  catalog.set(PDFName.of("StructTreeRoot"), writeStructure(context, layout.structure, marked, pages));
  const outline = writeOutline(context, layout.bookmarks, pages);
  if (outline) {
    catalog.set(PDFName.of("Outlines"), outline);
    catalog.set(PDFName.of("PageMode"), PDFName.of("UseOutlines"));
  }
  return pdf.save();
}
