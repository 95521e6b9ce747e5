import { drawLines, rowBlocks, sectionHeading, styles, textBlocks, type Block } from "#app/pdf/blocks.server.ts";
import { factsBlocks } from "#app/pdf/facts.server.ts";
import type { PdfDocument, PdfSection } from "#app/pdf/document.ts";
import {
  child,
  sheet,
  textWidth,
  type Bookmark,
  type Element,
  type Layout,
  type Mark,
  type Page,
} from "#app/pdf/pages.ts";
import type { Shaper } from "#app/pdf/shaping.server.ts";
import { wrap } from "#app/pdf/wrapping.server.ts";

function sectionBlocks(shaper: Shaper, section: PdfSection, structure: Element): Block[] {
  const continues = section.title;
  const heading = sectionHeading(shaper, section.title, structure);
  const rowsOf = (rows: PdfSection["rows"]) => {
    if (rows.length === 0) return [];
    const table = child(structure, "Table");
    return rows.flatMap((row, index) => rowBlocks(shaper, row, table, { isFirst: index === 0, continues }));
  };
  return [
    ...heading,
    ...rowsOf(section.rows),
    ...(section.groups ?? []).flatMap((group) => {
      const title = textBlocks(shaper, group.title, styles.group, "text", child(structure, "H3"), {
        gap: 9,
        keep: true,
      });
      return [...title.map((block) => ({ ...block, continues })), ...rowsOf(group.rows)];
    }),
  ];
}

function blocksOf(shaper: Shaper, document: PdfDocument, structure: Element): Block[] {
  const heading = (text: string, role: "H1" | "P", style: typeof styles.title | typeof styles.subtitle, gap: number) =>
    text.trim() === ""
      ? []
      : textBlocks(shaper, text, style, role === "H1" ? "text" : "muted", child(structure, role), { gap, keep: true });
  return [
    ...heading(document.title, "H1", styles.title, 0),
    ...heading(document.subtitle, "P", styles.subtitle, 2),
    ...factsBlocks(shaper, document, structure),
    ...document.sections.flatMap((section) => sectionBlocks(shaper, section, structure)),
    ...document.paragraphs.flatMap((text, index) =>
      textBlocks(shaper, text, styles.body, "text", child(structure, "P"), { gap: index === 0 ? 22 : 7 }),
    ),
  ];
}

/** The blocks from `start` that must stand on one page. */
function heightKeptTogether(blocks: readonly Block[], start: number): number {
  let height = 0;
  for (let index = start; index < blocks.length; index += 1) {
    const block = blocks[index];
    if (!block) break;
    height += block.height + (index > start ? block.gap : 0);
    if (!block.keep) break;
  }
  return height;
}

function demoBanner(shaper: Shaper, text: string): { height: number; marks: Mark[] } {
  const lines = wrap(shaper, styles.demo, text, textWidth - 20);
  const height = lines.length * styles.demo.leading + 9;
  const top = 30;
  return {
    height: height + top,
    marks: [
      { kind: "box", x: sheet.left, y: top, width: textWidth, height, fill: "band" },
      { kind: "box", x: sheet.left, y: top, width: 3, height, fill: "warning" },
      ...drawLines(lines, styles.demo, { x: sheet.left + 12, top: top + 4.5 }, "warning"),
    ],
  };
}

function footer(shaper: Shaper, text: string, page: number, pages: number): Mark[] {
  const number = wrap(shaper, styles.small, `Seite ${page} von ${pages}`, 100);
  const numberWidth = ((number[0]?.width ?? 0) / 1000) * styles.small.size;
  const lines = wrap(shaper, styles.small, text, textWidth - 110).slice(0, 3);
  const top = sheet.height - sheet.bottom + 24;
  return [
    { kind: "box", x: sheet.left, y: top - 6, width: textWidth, height: 0.5, fill: "line" },
    ...drawLines(lines, styles.small, { x: sheet.left, top }, "muted"),
    ...drawLines(number, styles.small, { x: sheet.left + textWidth - numberWidth, top }, "muted"),
  ];
}

/** Lays a document out on A4 pages: blocks top down, headings never alone at a page's foot. */
export function layOut(shaper: Shaper, document: PdfDocument): Layout {
  const structure: Element = { role: "Document", children: [] };
  const blocks = blocksOf(shaper, document, structure);
  const banner = document.demo ? demoBanner(shaper, document.demo) : { height: 0, marks: [] };
  const top = Math.max(sheet.top, banner.height + 20);
  const bottom = sheet.height - sheet.bottom;
  const pages: Page[] = [{ marks: [...banner.marks] }];
  const bookmarks: Bookmark[] = [];
  let y = top;
  let isFresh = true;
  blocks.forEach((block, index) => {
    const isTied = blocks[index - 1]?.keep === true;
    const needed = block.gap + (isTied ? block.height : heightKeptTogether(blocks, index));
    if (!isFresh && y + needed > bottom) {
      pages.push({ marks: [...banner.marks] });
      y = top;
      isFresh = true;
    }
    const marks = pages.at(-1)?.marks ?? [];
    if (isFresh && block.continues !== undefined) {
      const words = wrap(shaper, styles.small, `Fortsetzung: ${block.continues}`, textWidth);
      marks.push(...drawLines(words, styles.small, { x: sheet.left, top: y }, "muted"));
      y += words.length * styles.small.leading + 6;
    } else if (!isFresh) y += block.gap;
    if (block.bookmark !== undefined) bookmarks.push({ title: block.bookmark, page: pages.length - 1, y });
    marks.push(...block.draw(sheet.left, y));
    y += block.height;
    isFresh = false;
  });
  pages.forEach((page, index) => page.marks.push(...footer(shaper, document.footer, index + 1, pages.length)));
  return { pages, bookmarks, structure };
}
