import sharp, { type Sharp } from "sharp";
import { decodeHeic } from "#app/images/heic.ts";
import type { Answer, ImageKind } from "#app/images/frame.ts";

/** Pictures with more pixels are not decoded. Phones of 2026 reach 50 million. */
const MAX_PIXELS = 50_000_000;
/** Longest side of what is sent: an A4 page at 340 dpi. */
const MAX_SIDE = 4_000;
// A larger PNG is a photo or a scan in colour, and a photo as PNG takes five times the room.
const MAX_PNG_BYTES = 4_000_000;
/** Tried one after the other until the result is small enough: the first is for documents, the last for pure noise. */
const JPEG_QUALITIES = [85, 70, 50];
const MAX_JPEG_BYTES = 8_000_000;

// One picture at a time, so that the memory of a process can be foreseen.
sharp.concurrency(1);
sharp.cache(false);
// libvips reads many formats; what nobody may hand in, nobody needs to be able to attack.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer"] });

/** What became of a picture. */
export type Conversion = { answer: Exclude<Answer, "ready">; bytes: Uint8Array };

const none = new Uint8Array();

/**
 * Decodes a picture and writes it anew: upright, in sRGB, at most 4000 pixels long, without EXIF, place, thumbnails,
 * profiles, comments, or anything behind the end of the picture. HEIC becomes JPEG. Of an animation the first picture stays.
 * A decoded HEIC lies in memory whole, so its pixels have a limit of their own.
 */
export async function convertImage(kind: ImageKind, original: Uint8Array, maxHeicPixels: number): Promise<Conversion> {
  try {
    return kind === "image/heic"
      ? await fromHeic(original, Math.min(maxHeicPixels, MAX_PIXELS))
      : await fromFile(kind, original);
  } catch {
    // The message of a decoder may quote the file.
    return { answer: "damaged", bytes: none };
  }
}

async function fromFile(kind: "image/jpeg" | "image/png", original: Uint8Array): Promise<Conversion> {
  const { width, height, format } = await sharp(original, { limitInputPixels: false }).metadata();
  if (`image/${format}` !== kind) return { answer: "damaged", bytes: none };
  if (width * height > MAX_PIXELS) return { answer: "tooManyPixels", bytes: none };
  const picture = fitted(sharp(original, { failOn: "error", limitInputPixels: MAX_PIXELS }).autoOrient());
  if (kind === "image/jpeg") return jpeg(picture);
  const bytes = await picture.clone().png({ compressionLevel: 6 }).toBuffer();
  return bytes.length > MAX_PNG_BYTES ? jpeg(picture) : { answer: "image/png", bytes };
}

async function fromHeic(original: Uint8Array, maxPixels: number): Promise<Conversion> {
  const pixels = await decodeHeic(original, maxPixels);
  if (pixels === "tooManyPixels") return { answer: pixels, bytes: none };
  const { data, width, height } = pixels;
  return jpeg(fitted(sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: MAX_PIXELS })));
}

const fitted = (picture: Sharp) =>
  picture.resize({ width: MAX_SIDE, height: MAX_SIDE, fit: "inside", withoutEnlargement: true }).toColourspace("srgb");

async function jpeg(picture: Sharp): Promise<Conversion> {
  let bytes: Uint8Array = none;
  for (const quality of JPEG_QUALITIES) {
    bytes = await picture.clone().flatten({ background: "white" }).jpeg({ quality }).toBuffer();
    if (bytes.length <= MAX_JPEG_BYTES) break;
  }
  return { answer: "image/jpeg", bytes };
}
