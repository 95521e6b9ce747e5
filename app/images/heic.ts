import heic from "heic-decode";

/** Pixels of a picture as red, green, blue and opacity. */
export type Pixels = { width: number; height: number; data: Uint8ClampedArray };

/**
 * Decodes the first picture of a HEIC file, turned as the file says. The size it declares is checked before anything is
 * decoded; what lies beyond the declaration is stopped by the memory limit of the process.
 * @throws an Error of the library when the file is damaged
 */
export async function decodeHeic(original: Uint8Array, maxPixels: number): Promise<Pixels | "tooManyPixels"> {
  const [first] = await heic.all({ buffer: original });
  if (!first || !hasSize(first)) throw new Error("No picture in the file");
  if (first.width * first.height > maxPixels) return "tooManyPixels";
  return first.decode();
}

// The size is there, only the published types of the package leave it out.
function hasSize(picture: object): picture is { width: number; height: number } {
  return (
    "width" in picture && Number.isInteger(picture.width) && "height" in picture && Number.isInteger(picture.height)
  );
}
