import { PDFArray, PDFDocument, PDFHexString, PDFName, PDFNull, type PDFContext, type PDFRef } from "pdf-lib";
import { fixedWords } from "#app/pdf/blocks.server.ts";
import { plainText, spellUnknown } from "#app/pdf/characters.ts";
import type { PdfDocument, PdfRow } from "#app/pdf/document.ts";
import { drawPage } from "#app/pdf/drawing.server.ts";
import { createFontWriter } from "#app/pdf/embedding.server.ts";
import { fontsFor, unknownCharacters } from "#app/pdf/fonts.server.ts";
import { layOut } from "#app/pdf/layout.server.ts";
import { sheet, type Bookmark } from "#app/pdf/pages.ts";
import { createShaper } from "#app/pdf/shaping.server.ts";
import { writeStructure, type MarkedContent } from "#app/pdf/structure.server.ts";

const PRODUCER = "Aufenthalt Online";

/** The same document with every text that is drawn passed through `change`; the QR code's text is not drawn. */
function mapTexts(document: PdfDocument, change: (text: string) => string): PdfDocument {
  const rows = (list: readonly PdfRow[]) => list.map((row) => ({ label: change(row.label), value: change(row.value) }));
  return {
    ...document,
    title: change(document.title),
    subtitle: change(document.subtitle),
    ...(document.demo === undefined ? {} : { demo: change(document.demo) }),
    facts: rows(document.facts),
    sections: document.sections.map((section) => ({
      title: change(section.title),
      rows: rows(section.rows),
      groups: (section.groups ?? []).map((group) => ({ title: change(group.title), rows: rows(group.rows) })),
    })),
    paragraphs: document.paragraphs.map(change),
    footer: change(document.footer),
  };
}

/** The document with texts that can be drawn, and all characters that it needs. */
async function prepare(document: PdfDocument): Promise<{ readable: PdfDocument; characters: string }> {
  const characters = new Set<string>();
  const collect = (text: string) => {
    for (const character of text) if (character !== "\n") characters.add(character);
    return text;
  };
  const plain = mapTexts(document, (text) => collect(plainText(text)));
  const unknown = await unknownCharacters([...characters].join(""));
  characters.clear();
  collect(fixedWords);
  const readable = mapTexts(plain, (text) => collect(spellUnknown(text, unknown)));
  return { readable, characters: [...characters].join("") };
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
