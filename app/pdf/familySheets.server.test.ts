import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { expect, test } from "vitest";
import { germanPdfWords } from "#app/i18n/words.ts";
import { importText, sheetWords } from "#app/i18n/importWords.ts";
import { formatAccessCode, formatReference } from "#app/store/access-code.ts";
import { renderFamilySheets } from "./familySheets.server.ts";

const demo = germanPdfWords.text("demo");
const made = { publicUrl: "https://aufenthalt.example.org", createdAt: "2026-11-21T13:58:07Z", demo };
const family = (number: number, persons: number) => ({
  code: formatAccessCode(new Uint8Array(16).fill(number)),
  references: Array.from({ length: persons }, (_, index) => formatReference(new Uint8Array(7).fill(number + index))),
});

/** The words of every page, without the breaks that lines make. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const pages = Array.from({ length: pdf.numPages }, async (_, index) => {
    const { items } = await (await pdf.getPage(index + 1)).getTextContent();
    return items.map((item) => ("str" in item ? item.str : "")).join("");
  });
  return Promise.all(pages);
}
const dense = (text: string) => text.replace(/\s/g, "");

test("each family has a page of its own with its code, all references and the next steps in both languages", async () => {
  const families = [family(1, 2), family(20, 10), family(40, 1)];
  const [first = family(1, 1), ...others] = families;
  const pages = (await pagesOf(await renderFamilySheets(first, others, made, sheetWords))).map(dense);
  expect(pages).toHaveLength(families.length);
  for (const [index, page] of pages.entries()) {
    const [own, ...foreign] = [...families.slice(index), ...families.slice(0, index)];
    for (const text of [own?.code ?? "none", ...(own?.references ?? [])]) expect(page).toContain(text);
    for (const { code } of foreign) expect(page).not.toContain(code);
    for (const key of ["title", "next", "code", "keep", "open", "add", "appear", "lost"]) {
      const { de, uk } = importText("sheet", key);
      expect([key, page.includes(dense(de)), page.includes(dense(uk))]).toEqual([key, true, true]);
    }
    expect(page).toContain(dense(`${made.publicUrl}/uk/resume`));
    expect(page).toContain(dense(demo));
  }
});

test("the same families give the same bytes", async () => {
  const [one, other] = await Promise.all(
    [1, 2].map(() => renderFamilySheets(family(1, 2), [family(7, 1)], made, sheetWords)),
  );
  expect(Buffer.compare(one ?? Buffer.alloc(0), other ?? Buffer.alloc(1))).toBe(0);
});
