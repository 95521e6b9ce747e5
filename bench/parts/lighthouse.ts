import lighthouse, { type Config } from "lighthouse";
import { freePorts } from "#tests/support/ports.ts";
import { readPersona } from "#tests/support/persona.ts";
import { walkTo } from "#tests/support/plainJourney.ts";
import { openBrowser } from "../browser.ts";
import { figureOf, type Figure } from "../figures.ts";
import { startOnPglite } from "../stack.ts";

const BARS: Readonly<Record<string, number>> = { accessibility: 100, "best-practices": 100, performance: 95, seo: 100 };

/** Mobile phone and network as Lighthouse simulates them. */
const config: Config = { extends: "lighthouse:default" };

async function scores(url: string, port: number, cookie: string, categories: string[]): Promise<[string, number][]> {
  const options = { port, onlyCategories: categories, extraHeaders: { Cookie: cookie }, logLevel: "silent" } as const;
  const found = await lighthouse(url, options, config);
  return Object.entries(found?.lhr.categories ?? {}).map(([name, { score }]) => [name, (score ?? 0) * 100]);
}

/**
 * Lighthouse (mobile) on landing, a step, the review page and the status, each with the session of a person who came
 * there. Only the landing page is for search engines.
 */
export async function benchLighthouse(): Promise<Figure[]> {
  const { stack, stop } = await startOnPglite();
  const [port = 0] = await freePorts(1);
  const browser = await openBrowser(port);
  try {
    const persona = readPersona("p1", "de");
    const [draft, filed] = [await walkTo(stack.url, persona, "review"), await walkTo(stack.url, persona, "receipt")];
    const cookieOf = ({ browser: { cookies } }: typeof draft) =>
      [...cookies].map((entry) => entry.join("=")).join("; ");
    const pages = [
      { name: "landing", path: "/de/potsdam", cookie: "", isPublic: true },
      { name: "step", path: "/de/potsdam/W-18g/job", cookie: cookieOf(draft), isPublic: false },
      { name: "review", path: "/de/potsdam/W-18g/review", cookie: cookieOf(draft), isPublic: false },
      { name: "status", path: "/de/status", cookie: cookieOf(filed), isPublic: false },
    ];
    const figures: Figure[] = [];
    for (const { name, path, cookie, isPublic } of pages) {
      const categories = Object.keys(BARS).filter((category) => isPublic || category !== "seo");
      for (const [category, score] of await scores(stack.url + path, port, cookie, categories)) {
        const measured = { name: `lighthouse.${name}.${category}`, value: score, unit: "score" } as const;
        figures.push(figureOf(measured, { atLeast: BARS[category] ?? 100 }));
      }
    }
    return figures;
  } finally {
    await browser.close();
    await stop();
  }
}
