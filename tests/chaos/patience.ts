import { setTimeout as pause } from "node:timers/promises";
import { plainBrowser, type Filling, type PlainBrowser, type PlainPage } from "../support/plainBrowser.ts";

/** The person waited too long and went away, or everything is over. */
export class GivenUp extends Error {}

const AGAIN_MS = 400;

/** `press` sends a form until it is answered, without looking at the page in between. */
export type PatientBrowser = PlainBrowser & { press: PlainBrowser["submit"] };

/**
 * A browser without script whose person does what people do when a page does not come: loads it again, and sends the form
 * again, unless the page now shows that it had arrived. @throws GivenUp once `isOver` says so
 */
export function patientBrowser(base: string, language: string, isOver: () => boolean): PatientBrowser {
  const browser = plainBrowser(base, language);

  /** Asks until an answer comes that is none of a broken service. */
  async function stubborn(ask: () => Promise<PlainPage>): Promise<PlainPage> {
    for (;;) {
      const page = await ask().catch(() => undefined);
      if (page && page.status < 500) return page;
      if (isOver()) throw new GivenUp();
      await pause(AGAIN_MS);
    }
  }

  const open: PlainBrowser["open"] = (path, headers) => stubborn(() => browser.open(path, headers));

  return {
    ...browser,
    open,
    press: (page, filling, headers) => stubborn(() => browser.submit(page, filling, headers)),
    submit: async (page, filling = {}, headers) => {
      let current = page;
      for (;;) {
        const next = await browser.submit(current, filling, headers).catch(() => undefined);
        if (next && next.status < 500) return next;
        if (isOver()) throw new GivenUp();
        await pause(AGAIN_MS);
        current = await open(page.url.href);
        if (current.url.pathname !== page.url.pathname) return current;
        filling = withoutListed(current, filling);
      }
    },
  };
}

/** Nobody hands in a file again that the page lists already. */
function withoutListed({ document }: PlainPage, filling: Filling): Filling {
  const listed = document.querySelectorAll(".ao-file__name").map(({ textContent }) => textContent);
  const files = Object.entries(filling.files ?? {}).map(([control, given]) => [
    control,
    given.filter((file) => typeof file === "string" || !listed.some((text) => text.includes(file.name))),
  ]);
  return { ...filling, files: Object.fromEntries(files) };
}
