import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PDFDict, PDFDocument, PDFName } from "pdf-lib";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PdfDocument } from "#app/pdf/document.ts";
import { fontsFor } from "#app/pdf/fonts.server.ts";
import { renderPdf } from "#app/pdf/render.server.ts";
import { createShaper, levelsOf } from "#app/pdf/shaping.server.ts";
import { shapedCharacters } from "#app/pdf/characters.ts";
import { mixedSamples, writingSamples } from "#app/pdf/writing.fixture.ts";

const withValues = (...values: string[]): PdfDocument => ({
  title: "Antrag",
  subtitle: "",
  facts: [],
  sections: [{ title: "Person", rows: values.map((value) => ({ label: "Name", value })) }],
  paragraphs: [],
  footer: "Vorgang",
  language: "de",
  createdAt: "2026-11-21T13:58:07Z",
});

const folder = mkdtempSync(join(tmpdir(), "writing-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function textInPdfJs(bytes: Uint8Array): Promise<string> {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const { items } = await (await pdf.getPage(1)).getTextContent();
  return items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
}

/** Marks by which poppler says where the direction changes; nobody typed them. */
const DIRECTION = /[\u200e\u200f\u202a-\u202e]/g;

function textInPoppler(bytes: Uint8Array): string {
  const path = join(folder, "a.pdf");
  writeFileSync(path, bytes);
  return execFileSync("pdftotext", ["-enc", "UTF-8", path, "-"], { encoding: "utf8" }).replace(DIRECTION, "");
}

const hasPoppler = await promisify(execFile)("pdftotext", ["-v"]).then(
  () => true,
  () => false,
);

describe("a name is copied as it was typed", () => {
  test.each([...writingSamples, ...mixedSamples])("in pdf.js: %s", async (_, value) => {
    expect(await textInPdfJs(await renderPdf(withValues(value)))).toContain(value);
  });

  // An outside tool: checked where it is installed.
  for (const [name, value] of hasPoppler ? writingSamples : []) {
    test(`in poppler: ${name}`, async () => {
      expect(textInPoppler(await renderPdf(withValues(value)))).toContain(value);
    });
  }

  test("with all scripts in one document", async () => {
    const text = await textInPdfJs(await renderPdf(withValues(...writingSamples.map(([, value]) => value))));
    for (const [, value] of writingSamples.slice(0, 20)) expect(text).toContain(value);
  });
});

describe("drawing", () => {
  test.each([...writingSamples, ...mixedSamples])("no sign is missing in its font: %s", async (_, value) => {
    const fonts = await fontsFor({ regular: shapedCharacters(value), bold: shapedCharacters(value) });
    for (const weight of ["regular", "bold"] as const) {
      const { runs } = createShaper(fonts).line(weight, value, levelsOf(value));
      const glyphs = runs.flatMap(({ signs }) => signs.flatMap(({ parts }) => parts.map(({ id }) => id)));
      expect(glyphs.length).toBeGreaterThan(0);
      expect(glyphs).not.toContain(0);
    }
  });

  test("what is not Latin says its script, so that it is not read out as German", async () => {
    const pdf = await getDocument({ data: await renderPdf(withValues("Müller 王")), verbosity: 0 }).promise;
    const page = await pdf.getPage(1);
    const { items: content } = await page.getTextContent({ includeMarkedContent: true });
    expect(content.filter((item) => "tag" in item && item.tag === "Span")).toHaveLength(1);
  });
});

/** Names of the embedded fonts without their subset tags. */
async function fontsIn(document: PdfDocument): Promise<string[]> {
  const pdf = await PDFDocument.load(await renderPdf(document));
  return pdf.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => {
      const isDescriptor = object instanceof PDFDict && object.get(PDFName.of("Type")) === PDFName.of("FontDescriptor");
      return isDescriptor ? [String(object.get(PDFName.of("FontName"))).replace(/^.*\+/, "")] : [];
    })
    .toSorted();
}

describe("fonts", () => {
  const latin = ["NotoSans-Bold", "NotoSans-Regular"];
  test.each([
    ["Latin, Cyrillic, Greek and Devanagari need one typeface", "Müller Київ Γεώργιος हिन्दी · §", []],
    ["Arabic needs another", "محمد", ["NotoNaskhArabic-Regular"]],
    ["Chinese needs another", "王", ["NotoSansHans-Regular"]],
    ["Korean with Chinese letters needs two", "김 金", ["NotoSansHans-Regular", "NotoSansKR-Regular"]],
    ["a script without a font needs none", "ᏣᎳᎩ ᚛ᚑ᚜", []],
  ])("%s", async (_, value, more) => {
    expect(await fontsIn(withValues(value))).toEqual([...more, ...latin].toSorted());
  });

  test("a bold heading in another script brings its bold font", async () => {
    expect(await fontsIn({ ...withValues("x"), title: "Antrag محمد" })).toEqual(["NotoNaskhArabic-Bold", ...latin]);
  });
});

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("the same document", () => {
  const document = withValues(...writingSamples.map(([, value]) => value));
  let here: string;
  beforeAll(async () => {
    here = hashOf(await renderPdf(document));
  });

  test("gives the same bytes after others were drawn", async () => {
    await Promise.all([renderPdf(withValues("김")), renderPdf(withValues("محمد"))]);
    expect(hashOf(await renderPdf(document))).toBe(here);
  });

  test("gives the same bytes in another process", async () => {
    const path = join(folder, "document.json");
    writeFileSync(path, JSON.stringify(document));
    const script = `
      import { createHash } from "node:crypto";
      import { readFileSync } from "node:fs";
      import { renderPdf } from "#app/pdf/render.server.ts";
      const bytes = await renderPdf(JSON.parse(readFileSync(${JSON.stringify(path)}, "utf8")));
      process.stdout.write(createHash("sha256").update(bytes).digest("hex"));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script]);
    expect(stdout).toBe(here);
  });
});
