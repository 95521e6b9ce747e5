import { PDFArray, PDFDict, PDFHexString, PDFName, type PDFContext, type PDFRef } from "pdf-lib";
import type { Element } from "#app/pdf/pages.ts";

/** A stretch of a page's content that belongs to an element of the structure. */
export type MarkedContent = { element: Element; page: number; id: number };

/**
 * Writes the logical structure (ISO 32000-1, 14.7) by which screen readers find headings, tables and their cells.
 * @param pages the page objects; marked content refers to them by index
 */
export function writeStructure(
  context: PDFContext,
  root: Element,
  marked: readonly MarkedContent[],
  pages: readonly PDFRef[],
): PDFRef {
  const treeRef = context.nextRef();
  const refs = new Map<Element, PDFRef>();
  const byElement = new Map<Element, MarkedContent[]>();
  for (const content of marked) byElement.set(content.element, [...(byElement.get(content.element) ?? []), content]);

  const write = (element: Element, parent: PDFRef): PDFRef => {
    const ref = context.nextRef();
    refs.set(element, ref);
    const kids = PDFArray.withContext(context);
    for (const part of element.children) kids.push(write(part, ref));
    for (const content of byElement.get(element) ?? []) {
      const page = pages[content.page];
      if (page) kids.push(context.obj({ Type: "MCR", Pg: page, MCID: content.id }));
    }
    const node = context.obj({ Type: "StructElem", S: element.role, P: parent, K: kids });
    if (element.alt !== undefined) node.set(PDFName.of("Alt"), PDFHexString.fromText(element.alt));
    if (element.role === "TH") node.set(PDFName.of("A"), context.obj({ O: "Table", Scope: "Row" }));
    context.assign(ref, node);
    return ref;
  };

  const document = write(root, treeRef);
  const numbers = PDFArray.withContext(context);
  const byPage = Map.groupBy(marked, ({ page }) => page);
  pages.forEach((_, page) => {
    const onPage = PDFArray.withContext(context);
    for (const content of (byPage.get(page) ?? []).toSorted((a, b) => a.id - b.id)) {
      const ref = refs.get(content.element);
      if (ref) onPage.push(ref);
    }
    numbers.push(context.obj(page));
    numbers.push(context.register(onPage));
  });
  const parents = PDFDict.withContext(context);
  parents.set(PDFName.of("Nums"), numbers);
  context.assign(
    treeRef,
    context.obj({
      Type: "StructTreeRoot",
      K: document,
      ParentTree: context.register(parents),
      ParentTreeNextKey: pages.length,
    }),
  );
  return treeRef;
}
