import { baseline } from "#app/pdf/blocks.server.ts";
import { fontsFor } from "#app/pdf/fonts.server.ts";
import { child, sheet, type Element, type Mark, type Page } from "#app/pdf/pages.ts";
import { createShaper, type Shaper } from "#app/pdf/shaping.server.ts";
import { wrap } from "#app/pdf/wrapping.server.ts";
import { writePdf } from "#app/pdf/write.server.ts";

const POINTS_A_MM = 72 / 25.4;

/** A label of 89 × 36 mm, as label printers have them. */
const label = { width: 89 * POINTS_A_MM, height: 36 * POINTS_A_MM };

/** Labels on an A4 sheet: two beside each other, eight below, in the middle. */
const COLUMNS = 2;
const ROWS = 8;
/** As many labels as a sheet has. */
export const LABELS_A_SHEET = COLUMNS * ROWS;

const style = { weight: "bold", size: 20, leading: 26 } as const;

type Corner = { x: number; y: number };

/** A reference in the middle of its label. */
function labelMarks(shaper: Shaper, reference: string, { x, y }: Corner, structure: Element): Mark[] {
  const [line] = wrap(shaper, style, reference, label.width);
  if (!line) return [];
  const width = (line.width / 1000) * style.size;
  const top = y + (label.height - style.leading) / 2;
  const element = child(structure, "P");
  const at = { x: x + (label.width - width) / 2, baseline: baseline(top, style) };
  return [{ kind: "text", ...at, line, size: style.size, colour: "text", element }];
}

function cornerOnSheet(index: number): Corner {
  const left = (sheet.width - COLUMNS * label.width) / 2;
  const top = (sheet.height - ROWS * label.height) / 2;
  return { x: left + (index % COLUMNS) * label.width, y: top + Math.floor(index / COLUMNS) * label.height };
}

/**
 * Labels with references and nothing else as PDF: each on a page of its own size, or filling A4 sheets.
 * @throws RangeError when `createdAt` is no date
 */
export async function renderLabels(
  references: readonly string[],
  { isSheet, title, createdAt }: { isSheet: boolean; title: string; createdAt: string },
): Promise<Uint8Array> {
  const used = new Set(references.join(""));
  const shaper = createShaper(await fontsFor({ regular: new Set(), bold: used }));
  const structure: Element = { role: "Document", children: [] };
  const corner = (index: number) => (isSheet ? cornerOnSheet(index) : { x: 0, y: 0 });
  const perPage = isSheet ? LABELS_A_SHEET : 1;
  const pages = Array.from({ length: Math.ceil(references.length / perPage) }, (_, page): Page => {
    const own = references.slice(page * perPage, (page + 1) * perPage);
    return { marks: own.flatMap((reference, index) => labelMarks(shaper, reference, corner(index), structure)) };
  });
  const meta = { title, language: "de", createdAt };
  return writePdf({ pages, bookmarks: [], structure }, meta, isSheet ? sheet : label);
}
