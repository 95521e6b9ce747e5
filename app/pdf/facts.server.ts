import { create } from "qrcode";
import { rowBlocks, type Block } from "#app/pdf/blocks.server.ts";
import type { PdfDocument } from "#app/pdf/document.ts";
import { child, textWidth, type Element, type Mark } from "#app/pdf/pages.ts";
import type { Shaper } from "#app/pdf/shaping.server.ts";

const COLUMN_GAP = 14;
const BOX_PADDING = 12;
const QR_SIZE = 92;
const TALLEST_BOX = 500;

/** The squares of a QR code (ISO/IEC 18004) with the white edge of four that it demands. */
export function qrRows(text: string): boolean[][] {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const size = modules.size + 8;
  const isDark = (row: number, column: number) =>
    Math.min(row, column) >= 0 &&
    Math.max(row, column) < modules.size &&
    modules.data[row * modules.size + column] === 1;
  const places = Array.from({ length: size }, (_, index) => index - 4);
  return places.map((row) => places.map((column) => isDark(row, column)));
}

type Code = { rows: readonly (readonly boolean[])[]; element: Element };

function codeBlock(code: Code | undefined): Block[] {
  if (!code) return [];
  const draw: Block["draw"] = (x, y) => [{ kind: "squares", x, y, size: QR_SIZE, ...code }];
  return [{ height: QR_SIZE, gap: 16, keep: false, draw }];
}

/** The key data in a box, with the QR code at its right; data too long for a box follow as plain rows. */
export function factsBlocks(shaper: Shaper, document: Pick<PdfDocument, "facts" | "qr">, parent: Element): Block[] {
  if (document.facts.length === 0 && !document.qr) return [];
  const room = textWidth - 2 * BOX_PADDING - (document.qr ? QR_SIZE + COLUMN_GAP : 0);
  const table = child(parent, "Table");
  const rows = document.facts.flatMap((row, index) =>
    rowBlocks(shaper, row, table, { width: room, isFirst: index === 0, strong: index === 0 }),
  );
  const inner = Math.max(
    rows.reduce((sum, row) => sum + row.height, 0),
    document.qr ? QR_SIZE : 0,
  );
  const code: Code | undefined = document.qr
    ? { rows: qrRows(document.qr), element: child(parent, "Figure", "QR-Code") }
    : undefined;
  const height = inner + 2 * BOX_PADDING - 4;
  const draw: Block["draw"] = (left, top) => {
    const marks: Mark[] = [{ kind: "box", x: left, y: top, width: textWidth, height, fill: "band" }];
    let y = top + BOX_PADDING - 2;
    for (const row of rows) {
      marks.push(...row.draw(left + BOX_PADDING, y));
      y += row.height;
    }
    if (code) {
      const x = left + textWidth - BOX_PADDING - QR_SIZE;
      marks.push({ kind: "box", x, y: top + BOX_PADDING - 2, width: QR_SIZE, height: QR_SIZE, fill: "white" });
      marks.push({ kind: "squares", x, y: top + BOX_PADDING - 2, size: QR_SIZE, ...code });
    }
    return marks;
  };
  return height <= TALLEST_BOX ? [{ height, gap: 16, keep: false, draw }] : [...codeBlock(code), ...rows];
}
