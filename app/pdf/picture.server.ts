import { PDFDocument, PDFHexString, PDFName, type PDFContext, type PDFRef } from "pdf-lib";
import { pngPixels, type Pixels } from "#app/pdf/png.server.ts";

/** A4 in points, upright, and the white around the picture. */
const PAPER = { short: 595.28, long: 841.89, margin: 28 } as const;
const PREDICTOR_PNG = 15;

/**
 * A PNG as PDF with one page of A4, upright or lengthwise as the picture is, which is never drawn larger than one pixel a point.
 * The pixels are taken over, not compressed anew; the same picture gives the same bytes.
 * @throws what `pngPixels` throws
 */
export async function picturePdf(png: Uint8Array, title: string): Promise<Uint8Array> {
  const pixels = await pngPixels(png);
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setTitle(title, { showInWindowTitleBar: true });
  const { width, height } = pixels;
  const isUpright = height >= width;
  const paper = isUpright ? ([PAPER.short, PAPER.long] as const) : ([PAPER.long, PAPER.short] as const);
  const room = paper.map((side) => side - 2 * PAPER.margin);
  const scale = Math.min((room[0] ?? 0) / width, (room[1] ?? 0) / height, 1);
  const [wide, high] = [width * scale, height * scale];
  const [left, bottom] = [(paper[0] - wide) / 2, (paper[1] - high) / 2];
  const place = [wide, 0, 0, high, left, bottom].map((value) => value.toFixed(2)).join(" ");
  const { context } = pdf;
  const page = pdf.addPage([...paper]);
  page.node.set(PDFName.of("Resources"), context.obj({ XObject: { Picture: imageOf(context, pixels) } }));
  page.node.set(PDFName.of("Contents"), context.register(context.stream(`q ${place} cm /Picture Do Q`)));
  return pdf.save();
}

function imageOf(context: PDFContext, { width, height, channels, depth, palette, zlib }: Pixels): PDFRef {
  const image = context.stream(zlib, {
    Type: "XObject",
    Subtype: "Image",
    Width: width,
    Height: height,
    ColorSpace: channels === 3 ? "DeviceRGB" : "DeviceGray",
    BitsPerComponent: depth,
    Filter: "FlateDecode",
    DecodeParms: { Predictor: PREDICTOR_PNG, Colors: channels, BitsPerComponent: depth, Columns: width },
  });
  if (palette) {
    const table = PDFHexString.of(Buffer.from(palette).toString("hex"));
    const indexed = ["Indexed", "DeviceRGB", palette.length / 3 - 1, table];
    image.dict.set(PDFName.of("ColorSpace"), context.obj(indexed));
  }
  return context.register(image);
}
