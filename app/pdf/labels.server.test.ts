import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { expect, test } from "vitest";
import { LABELS_A_SHEET, renderLabels } from "#app/pdf/labels.server.ts";

const meta = { title: "Etiketten", createdAt: "2026-11-21T13:58:07Z" };
const references = Array.from({ length: LABELS_A_SHEET + 1 }, (_, index) => `AAAA-BBBB-00${String(10 + index)}`);
const MM = 72 / 25.4;

/** Size of every page in whole millimetres, with the words on it and where each begins. */
async function pagesOf(bytes: Uint8Array) {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  return Promise.all(
    Array.from({ length: pdf.numPages }, async (_, index) => {
      const page = await pdf.getPage(index + 1);
      const { width, height } = page.getViewport({ scale: 1 });
      const { items } = await page.getTextContent();
      const texts = items.flatMap((item) => ("str" in item && item.str.trim() !== "" ? [item] : []));
      return {
        size: [Math.round(width / MM), Math.round(height / MM)],
        words: texts.map(({ str }) => str),
        places: texts.map(({ transform }) => [Number(transform[4]) / MM, Number(transform[5]) / MM] as const),
      };
    }),
  );
}

test("each label has a page of 89 × 36 mm with its reference in the middle and nothing else", async () => {
  const [first, second] = references;
  const pages = await pagesOf(await renderLabels(references.slice(0, 2), { ...meta, isSheet: false }));
  expect(pages.map(({ size, words }) => [size, words])).toEqual([
    [[89, 36], [first]],
    [[89, 36], [second]],
  ]);
  for (const { places } of pages) {
    expect(places[0]?.[0]).toBeGreaterThan(5);
    expect(places[0]?.[1]).toBeGreaterThan(14);
    expect(places[0]?.[1]).toBeLessThan(20);
  }
});

test("a sheet of A4 has sixteen, and what is more stands on the next", async () => {
  const pages = await pagesOf(await renderLabels(references, { ...meta, isSheet: true }));
  expect(pages.map(({ size, words }) => [size, words])).toEqual([
    [[210, 297], references.slice(0, LABELS_A_SHEET)],
    [[210, 297], references.slice(LABELS_A_SHEET)],
  ]);
  const places = pages[0]?.places ?? [];
  expect(new Set(places.map(([x]) => Math.round(x))).size).toBeLessThanOrEqual(4);
  const below = (places[0]?.[1] ?? 0) - (places[2]?.[1] ?? 0);
  expect(below).toBeCloseTo(36, 1);
});

test("the same labels are the same bytes", async () => {
  const [one, other] = await Promise.all([1, 2].map(() => renderLabels(references, { ...meta, isSheet: true })));
  expect(Buffer.compare(one ?? Buffer.alloc(0), other ?? Buffer.alloc(1))).toBe(0);
});
