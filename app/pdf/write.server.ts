import { setImmediate } from "node:timers/promises";
import {
  PDFArray,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNull,
  type PDFContext,
  type PDFPage,
  type PDFRef,
} from "pdf-lib";
import { drawPage } from "#app/pdf/drawing.server.ts";
import { createFontWriter } from "#app/pdf/embedding.server.ts";
import { sheet, type Bookmark, type Layout } from "#app/pdf/pages.ts";
import { writeStructure, type MarkedContent } from "#app/pdf/structure.server.ts";

const PRODUCER = "Aufenthalt Online";

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

/** What a PDF says of itself; `createdAt` is an ISO moment. */
export type PdfMeta = { title: string; language: string; createdAt: string };

/**
 * Writes what was laid out as a tagged PDF. The same layout gives the same bytes. `size`: of a page in points, A4 if not given;
 * bookmarks are for A4.
 * @throws RangeError when `createdAt` is no date
 */
export async function writePdf(
  layout: Layout,
  { title, language, createdAt }: PdfMeta,
  size: { width: number; height: number } = sheet,
): Promise<Uint8Array> {
  const created = new Date(createdAt);
  if (Number.isNaN(created.getTime())) throw new RangeError("createdAt of a PDF is no date");
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = pdf;
  pdf.setTitle(title, { showInWindowTitleBar: true });
  pdf.setLanguage(language);
  pdf.setProducer(PRODUCER);
  pdf.setCreator(PRODUCER);
  pdf.setCreationDate(created);
  pdf.setModificationDate(created);

  const fonts = createFontWriter(context);
  const marked: MarkedContent[] = [];
  const drawn: PDFPage[] = [];
  for (const [index, page] of layout.pages.entries()) {
    const { content, elements } = drawPage(fonts, page, size.height);
    marked.push(...elements.map((element, id) => ({ element, page: index, id })));
    const leaf = pdf.addPage([size.width, size.height]);
    leaf.node.set(PDFName.of("Contents"), context.register(context.flateStream(content)));
    leaf.node.set(PDFName.of("StructParents"), context.obj(index));
    leaf.node.set(PDFName.of("Tabs"), PDFName.of("S"));
    drawn.push(leaf);
    // Whoever asks for a page of the service meanwhile waits for one of these at most.
    await setImmediate();
  }
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
