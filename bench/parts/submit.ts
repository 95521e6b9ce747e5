import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { figureOf, median, type Figure } from "../figures.ts";
import { startOnPglite, startOnPostgres, type Measured } from "../stack.ts";
import { readPersona, type TestPersona } from "#tests/support/persona.ts";
import { fillingOf, walkTo } from "#tests/support/plainJourney.ts";

const RUNS = 3;
const FILES = ["PASS", "TITLE", "CONTR", "EZB", "QUAL"];
const MEGABYTE = 1024 * 1024;

function withLargeFiles(folder: string): TestPersona {
  const file = join(folder, "large.pdf");
  writeFileSync(file, `%PDF-1.7\n${"0".repeat(MEGABYTE)}\n%%EOF\n`);
  const persona = readPersona("p1", "de");
  const uploads = [...persona.uploads.keys()].map((code) => [code, FILES.includes(code) ? [file] : []] as const);
  return { ...persona, uploads: new Map(uploads) };
}

async function filings({ stack, mode, stop }: Measured, persona: TestPersona): Promise<Figure> {
  const times: number[] = [];
  try {
    for (let run = 0; run < RUNS; run += 1) {
      const { browser, page } = await walkTo(stack.url, persona, "review");
      const values = fillingOf(page, persona.answers);
      const begun = performance.now();
      const receipt = await browser.submit(page, { values });
      times.push(performance.now() - begun);
      if (!receipt.url.pathname.endsWith("/receipt")) throw new Error(`submit led to ${receipt.url.pathname}`);
    }
  } finally {
    await stop();
  }
  return figureOf({ name: "submit.receipt", value: median(times), unit: "ms", mode }, { atMost: 400 });
}

/** Time from pressing "submit" to the whole receipt, with five files of a megabyte. */
export async function benchSubmit(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "aufenthalt-files-"));
  try {
    const persona = withLargeFiles(folder);
    return [await filings(await startOnPostgres(), persona), await filings(await startOnPglite(), persona)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
