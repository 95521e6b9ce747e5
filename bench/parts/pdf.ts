import { figureOf, median, type Figure } from "../figures.ts";
import { startOnPostgres } from "../stack.ts";
import { readPersona } from "#tests/support/persona.ts";
import { walkTo } from "#tests/support/plainJourney.ts";

const RUNS = 10;

/** Time to draw and hand out the PDF of P1 over HTTP, after a first one. */
export async function benchPdf(): Promise<Figure[]> {
  const { stack, mode, stop } = await startOnPostgres();
  try {
    const { browser } = await walkTo(stack.url, readPersona("p1", "de"), "receipt");
    const times: number[] = [];
    for (let run = 0; run <= RUNS; run += 1) {
      const begun = performance.now();
      const response = await browser.send("/de/potsdam/application.pdf");
      const bytes = await response.arrayBuffer();
      if (response.headers.get("content-type") !== "application/pdf") throw new Error(`PDF: ${response.status}`);
      // The first one loads and cuts the fonts.
      if (run > 0 && bytes.byteLength > 0) times.push(performance.now() - begun);
    }
    return [figureOf({ name: "pdf.p1", value: median(times), unit: "ms", mode }, { atMost: 120 })];
  } finally {
    await stop();
  }
}
