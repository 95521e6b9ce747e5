import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { describe, expect, test } from "vitest";
import type { PdfDocument, PdfRow } from "#app/pdf/document.ts";
import { renderPdf } from "#app/pdf/render.server.ts";

const row = (label: string, value: string): PdfRow => ({ label, value });

const plain: PdfDocument = {
  title: "Antrag auf Erteilung einer Blauen Karte EU",
  subtitle: "Ausländerbehörde Musterstadt",
  facts: [row("Vorgangsnummer", "TRHW KPNX")],
  sections: [{ title: "Person", rows: [row("Familienname", "Müller")] }],
  paragraphs: ["Ich versichere, dass meine Angaben richtig sind."],
  footer: "Vorgang TRHW KPNX",
  language: "de",
  createdAt: "2026-11-21T13:58:07Z",
};
const withRows = (...rows: PdfRow[]): PdfDocument => ({ ...plain, sections: [{ title: "Person", rows }] });
const withValue = (value: string) => withRows(row("Wert", value));

const opened = (bytes: Uint8Array) => getDocument({ data: bytes.slice(), verbosity: 0 }).promise;

/** Text of every page as a reader copies it: one line of the array per line on the page. */
async function linesOf(document: PdfDocument): Promise<string[][]> {
  const pdf = await opened(await renderPdf(document));
  return Promise.all(
    Array.from({ length: pdf.numPages }, async (_, index) => {
      const { items } = await (await pdf.getPage(index + 1)).getTextContent();
      const text = items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
      return text.split("\n").map((line) => line.trim());
    }),
  );
}
const textOf = async (document: PdfDocument) => (await linesOf(document)).flat().join("\n");
const squeezed = async (document: PdfDocument) => (await textOf(document)).replace(/\s+/g, "");

describe("text can be copied as it was typed", () => {
  test.each([
    ["umlauts and sharp s", "Jürgen Weiß-Öztürk, Äußere Straße"],
    ["letters with a dot below", "Phạm ṇ Ḥasan"],
    ["a letter and a mark that no single character stands for", "M̂aria d̂"],
    ["a mark typed apart from its letter", "Nguye\u0302\u0303n a\u0323"],
    ["a tilde", "Ñandú Muñoz"],
    ["Ukrainian", "Київ, Ґалаґан, Єва"],
    ["Russian", "Екатеринбург, Щёлково"],
    ["Greek with accents", "Γεώργιος Παπαδόπουλος"],
    ["Vietnamese and Latin ligature letters", "Nguyễn Thị Hoài, office, flámí"],
    ["DIN 91379 letters with marks below and above", "Č̣aṣ̄ Ž̧ ž̦ ụ̈ x\u0308y"],
    ["Arabic names in Latin transcription", "ʿAlī ʾAḥmad Solʹžinicyn"],
    ["money and dashes", "58.000,00 € – vierteljährlich"],
  ])("%s", async (_, value) => {
    expect(await textOf(withValue(value))).toContain(value);
  });

  test("the same letter typed in two ways in one document keeps both ways", async () => {
    const text = await textOf(withRows(row("A", "vorn \u1ea1 hinten"), row("B", "vorn a\u0323 hinten")));
    expect(text).toContain("vorn \u1ea1 hinten");
    expect(text).toContain("vorn a\u0323 hinten");
  });

  test("fixed spaces keep a paragraph sign with its number, and are copied as spaces", async () => {
    expect(await textOf(withValue("§\u00a018g Abs.\u00a01 AufenthG"))).toContain("§ 18g Abs. 1 AufenthG");
  });

  test("Arabic comes out in the order in which it is read", async () => {
    expect(await textOf(withValue("محمد بن عبد الله الأحمد"))).toContain("محمد بن عبد الله الأحمد");
  });

  test("Persian with its joiner and Arabic beside German both come out", async () => {
    const text = await textOf(withValue("Herr علی رضایی aus Teheran"));
    expect(text).toContain("علی رضایی");
    expect(text).toContain("aus Teheran");
  });
});

describe("characters that cannot be drawn are named", () => {
  test("a script without a font", async () => {
    expect(await textOf(withValue("ᏣᎳ Ming ᚑ"))).toContain("[U+13E3][U+13B3] Ming [U+1691]");
  });

  test("control characters, lone surrogates and marks that turn the writing direction", async () => {
    const text = await squeezed(withValue("a\u0000b\u0007c\ud800d\u202ee\u2066f"));
    expect(text).toContain("a[U+0000]b[U+0007]c[U+D800]d[U+202E]e[U+2066]f");
  });

  test("an emoji", async () => {
    expect(await textOf(withValue("gut 😀"))).toContain("gut [U+1F600]");
  });

  test("line ends start a new line, tabs are spaces, soft hyphens vanish", async () => {
    const lines = (await linesOf(withValue("eins\r\nzwei\tdrei Stra\u00adße"))).flat();
    expect(lines).toContain("zwei drei Straße");
    expect(lines.join("\n")).toMatch(/eins\n+zwei/);
  });
});

describe("layout", () => {
  test("a word of 60 letters is broken and stays complete", async () => {
    const word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunter";
    const lines = (await linesOf(withValue(`${word}${word}`))).flat();
    expect(await squeezed(withValue(`${word}${word}`))).toContain(`${word}${word}`);
    expect(lines.every((line) => line.length < 110)).toBe(true);
  });

  test("an empty value says that nothing was answered", async () => {
    const text = await textOf(withRows(row("Frühere Namen", ""), row("Titel", "  ")));
    expect(text.match(/keine Angabe/g)).toHaveLength(2);
  });

  test("200 rows fill several pages, in order, each exactly once, with page numbers", async () => {
    const rows = Array.from({ length: 200 }, (_, index) => row(`Frage ${index}`, `Antwort ${index}.`));
    const pages = await linesOf({ ...withRows(...rows), demo: "DEMO: Keine Behörde erhält diesen Antrag" });
    expect(pages.length).toBeGreaterThan(4);
    const answers = [
      ...pages
        .flat()
        .join("\n")
        .matchAll(/Antwort (\d+)\./g),
    ].map((match) => Number(match[1]));
    expect(answers).toEqual(rows.map((_, index) => index));
    pages.forEach((page, index) => {
      const text = page.join("\n");
      expect(text).toContain("DEMO: Keine Behörde erhält diesen Antrag");
      expect(text).toContain(`Seite ${index + 1} von ${pages.length}`);
      expect(text).toContain("Vorgang TRHW KPNX");
      expect(text.includes("Fortsetzung: Person")).toBe(index > 0 && text.includes("Antwort"));
    });
  });

  test("a heading never stands at the foot of a page without its first row", async () => {
    for (const count of [18, 20, 22, 24, 26, 28, 30, 32]) {
      const filler = Array.from({ length: count }, (_, index) => row(`Frage ${index}`, "ja"));
      const groups = [{ title: "Kind 1", rows: [row("Kindname", "Anna")] }];
      const sections = [
        { title: "Person", rows: filler },
        { title: "Kinder", rows: [], groups },
      ];
      const pages = await linesOf({ ...plain, facts: [], paragraphs: [], sections });
      const pageOf = (text: string) => pages.findIndex((page) => page.some((line) => line.includes(text)));
      expect(pageOf("Kinder")).toBe(pageOf("Kindname"));
    }
  });

  test("a text longer than a page runs on to the next without losing a word", async () => {
    const words = Array.from({ length: 1500 }, (_, index) => `w${index}x`);
    const found = (await textOf(withValue(words.join(" ")))).match(/w\d+x/g);
    expect(found).toEqual(words);
  });

  test("a title of many lines and key data longer than a page still come out whole", async () => {
    const facts = Array.from({ length: 90 }, (_, index) => row(`Angabe ${index}`, `a${index}z`));
    const text = await textOf({ ...plain, title: "Lang ".repeat(400), facts, qr: "https://example.org/verify#A" });
    expect(text.match(/a\d+z/g)).toHaveLength(90);
    expect(text.match(/Lang/g)).toHaveLength(400);
  });
});

describe("the file", () => {
  test("the same document gives the same bytes", async () => {
    const document = { ...withValue("Київ محمد 王"), qr: "https://example.org/verify#ABC", demo: "DEMO" };
    expect(Buffer.from(await renderPdf(document)).equals(Buffer.from(await renderPdf(document)))).toBe(true);
  });

  test("title, language, producer and creation date come from the document", async () => {
    const { info } = await (await opened(await renderPdf(plain))).getMetadata();
    expect(info).toMatchObject({
      Title: plain.title,
      Language: "de",
      Producer: "Aufenthalt Online",
      CreationDate: "D:20261121135807Z",
    });
  });

  test("every section has a bookmark that leads to its page", async () => {
    const rows = Array.from({ length: 60 }, (_, index) => row(`Frage ${index}`, "ja"));
    const sections = ["Person", "Pässe ṇ", "Unterlagen"].map((title) => ({ title, rows }));
    const pdf = await opened(await renderPdf({ ...plain, sections }));
    const outline = (await pdf.getOutline()) ?? [];
    expect(outline.map((item) => item.title)).toEqual(["Person", "Pässe ṇ", "Unterlagen"]);
    const targets = await Promise.all(outline.map((item) => pdf.getPageIndex((item.dest as [never])[0])));
    expect(targets[0]).toBe(0);
    expect(targets[1]).toBeGreaterThan(0);
    expect(targets[2]).toBeGreaterThan(targets[1] ?? 0);
  });

  test("screen readers find headings, and tables with a head for every cell", async () => {
    const pdf = await opened(await renderPdf({ ...plain, qr: "https://example.org/verify#ABC" }));
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const roles: string[] = [];
    const collect = (node: object) => {
      if ("role" in node) roles.push(String(node.role));
      if ("children" in node && Array.isArray(node.children)) node.children.forEach(collect);
    };
    collect(await (await pdf.getPage(1)).getStructTree());
    const order = roles.filter((role) => /^(H\d|P|Table|TH|TD|Figure)$/.test(role));
    expect(order).toEqual(["H1", "P", "Table", "TH", "TD", "Figure", "H2", "Table", "TH", "TD", "P"]);
  });

  test("a creation date that is none is refused", async () => {
    await expect(renderPdf({ ...plain, createdAt: "gestern" })).rejects.toThrow(RangeError);
  });
});
