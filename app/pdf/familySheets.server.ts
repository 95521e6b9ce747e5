import type { PdfDocument } from "#app/pdf/document.ts";
import { renderPdfs } from "#app/pdf/render.server.ts";

/** A text in the two languages of the sheet. */
type SheetText = { de: string; uk: string };

/** What the family does next, in this order. */
const steps = ["keep", "open", "add", "appear", "lost"] as const;
type SheetKey = "title" | "next" | "code" | "reference" | "address" | (typeof steps)[number];
export type SheetWords = (key: SheetKey) => SheetText;

/** What a family gets in its hand: nothing on it says who they are. */
export type FamilySheet = { code: string; references: readonly string[] };

/** When, and where the service is. */
type Made = { publicUrl: string; createdAt: string; demo?: string | undefined };

const joint = ({ uk, de }: SheetText, between: string): string => [uk, de].join(between);

function sheetOf(
  { code, references }: FamilySheet,
  { publicUrl, createdAt, demo }: Made,
  words: SheetWords,
): PdfDocument {
  const resumeUrl = `${publicUrl}/uk/resume`;
  const title = words("title");
  return {
    title: title.uk,
    subtitle: title.de,
    ...(demo === undefined ? {} : { demo }),
    facts: [
      { label: joint(words("code"), "\n"), value: code },
      { label: joint(words("reference"), "\n"), value: references.join("\n") },
      { label: joint(words("address"), "\n"), value: resumeUrl },
    ],
    // Behind the mark no server ever sees it.
    qr: `${resumeUrl}#${code}`,
    sections: [
      {
        title: joint(words("next"), " · "),
        rows: steps.map((step) => ({ label: words(step).de, value: words(step).uk })),
      },
    ],
    paragraphs: [],
    footer: joint(title, " · "),
    language: "de",
    createdAt,
  };
}

/**
 * A page a family of a file with its access code, its references and what to do next, in Ukrainian and German.
 * @throws RangeError when `createdAt` is no date
 */
export async function renderFamilySheets(
  first: FamilySheet,
  others: readonly FamilySheet[],
  made: Made,
  words: SheetWords,
): Promise<Uint8Array> {
  const sheet = (family: FamilySheet) => sheetOf(family, made, words);
  return renderPdfs(sheet(first), others.map(sheet));
}
