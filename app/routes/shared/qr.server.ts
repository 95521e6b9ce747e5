import { create } from "qrcode";

/** The modules of a QR code, row by row; true is dark. Level M (ISO/IEC 18004). */
export function qrModules(text: string): boolean[][] {
  const { size, data } = create(text, { errorCorrectionLevel: "M" }).modules;
  return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_cell, x) => data[y * size + x] === 1));
}
