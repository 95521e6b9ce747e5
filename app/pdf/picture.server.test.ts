import { getDocument, OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import sharp from "sharp";
import { expect, test } from "vitest";
import { picturePdf } from "#app/pdf/picture.server.ts";
import { blankPng, heldPicture } from "#tests/support/pictures.ts";

type Image = { width: number; height: number; data: Uint8Array };

/** Size of the paper, and the picture on it as a reader of PDF decodes it. */
async function shown(pdf: Uint8Array): Promise<{ paper: number[]; pages: number; image: Image; place: number[] }> {
  const opened = await getDocument({ data: pdf.slice(), verbosity: 0, isOffscreenCanvasSupported: false }).promise;
  const page = await opened.getPage(1);
  const { fnArray, argsArray } = await page.getOperatorList();
  const at = fnArray.indexOf(OPS.paintImageXObject);
  const name = String((argsArray[at] as unknown[])[0]);
  const image = await new Promise<Image>((resolve) => {
    page.objs.get(name, (found: Image) => resolve(found));
  });
  const place = argsArray[fnArray.indexOf(OPS.transform)] as number[];
  return { paper: page.view.slice(2).map(Math.round), pages: opened.numPages, image, place: [...place] };
}

/** Red, green and blue of every pixel, three bytes each. */
function colours({ width, height, data }: Image): number[] {
  const step = data.length / (width * height);
  return Array.from({ length: width * height }, (_, pixel) => [
    ...data.subarray(pixel * step, pixel * step + 3),
  ]).flat();
}

/** A picture whose every pixel is another. */
async function gradient(width: number, height: number, channels: 3 | 4): Promise<Buffer> {
  const pixels = Buffer.from(
    Array.from(
      { length: width * height * channels },
      (_, at) => (at * 7 + Math.floor(at / (width * channels)) * 13) % 256,
    ),
  );
  return sharp(pixels, { raw: { width, height, channels } })
    .png({ compressionLevel: 6, adaptiveFiltering: true })
    .toBuffer();
}

const onWhite = async (png: Uint8Array) => [
  ...(await sharp(png).flatten({ background: "white" }).toColourspace("srgb").raw().toBuffer()),
];

test.each([
  ["in colour", () => gradient(120, 80, 3)],
  ["with opacity, which is laid on white", () => gradient(120, 80, 4)],
  [
    "in grey",
    async () =>
      sharp(await gradient(60, 90, 3))
        .toColourspace("b-w")
        .png()
        .toBuffer(),
  ],
  [
    "with a palette",
    async () =>
      sharp(await gradient(60, 90, 3))
        .png({ palette: true, colours: 16 })
        .toBuffer(),
  ],
])("a picture %s is in the PDF as it was, pixel by pixel", async (_name, make) => {
  const png = await make();
  const { image, pages } = await shown(await picturePdf(png, "Reisepass"));
  const { width = 0, height = 0 } = await sharp(png).metadata();
  expect([image.width, image.height, pages]).toEqual([width, height, 1]);
  const [seen, expected] = [colours(image), await onWhite(png)];
  expect(seen.length).toBe(width * height * 3);
  // Rounding may differ by one.
  const most = Math.max(...seen.map((value, at) => Math.abs(value - (expected[at] ?? 0))));
  expect(most).toBeLessThanOrEqual(1);
});

test.each([
  [3000, 2000, [842, 595], [785.89, 523.93]],
  [2000, 3000, [595, 842], [523.93, 785.89]],
  [300, 100, [842, 595], [300, 100]],
])(
  "a picture of %s by %s points lies on A4 as it is held, never larger than a pixel a point",
  async (wide, high, paper, size) => {
    const found = await shown(await picturePdf(await gradient(wide, high, 3), "Reisepass"));
    expect(found.paper).toEqual(paper);
    expect(found.place[0]).toBeCloseTo(size[0] ?? 0, 0);
    expect(found.place[3]).toBeCloseTo(size[1] ?? 0, 0);
  },
);

test("the same picture gives the same bytes, hardly more than it has itself", async () => {
  for (const channels of [3, 4] as const) {
    const png = await gradient(900, 700, channels);
    const [one, other] = [await picturePdf(png, "Pass"), await picturePdf(png, "Pass")];
    expect(Buffer.compare(one, other)).toBe(0);
    expect(one.length).toBeLessThan(png.length * 1.5 + 2_000);
  }
});

test.each([
  ["is interlaced", () => heldPicture(20, 20)],
  ["is no PNG", async () => Buffer.from("%PDF-1.7 a document of another kind, long enough")],
  ["has no pixels", async () => blankPng(8, 8).subarray(0, 33)],
  ["breaks off", async () => (await gradient(200, 200, 4)).subarray(0, 400)],
])("a picture that %s is refused", async (_name, make) => {
  const png = await make();
  await expect(picturePdf(png, "Pass")).rejects.toThrow(/./);
});
