import { parse, type HTMLElement } from "node-html-parser";
import { notReached } from "#app/cli/persona/fault.ts";

/** A page as it came: its address, how the service answered, its content. */
export type Page = { url: URL; status: number; document: HTMLElement };

/** A browser without script: cookies, redirects, HTML. */
export type Browser = {
  open: (address: string | URL) => Promise<Page>;
  post: (address: URL, body: URLSearchParams | FormData) => Promise<Page>;
};

const TIMEOUT = 60_000;
const MAX_REDIRECTS = 10;

function remember(jar: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = "", ...attributes] = line.split(";");
    const [name = "", ...value] = pair.trim().split("=");
    const isOver = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
    if (isOver) jar.delete(name);
    else jar.set(name, value.join("="));
  }
}

/** Opens a browser at a service. Its cookies go to that service only. */
export function openBrowser(base: URL): Browser {
  const jar = new Map<string, string>();

  async function load(start: URL, body?: URLSearchParams | FormData): Promise<Page> {
    let url = start;
    let sent = body;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      if (url.origin !== base.origin) throw notReached(`the service leads to another one: ${url.origin}`);
      const headers = new Headers({ accept: "text/html", cookie: [...jar].map((pair) => pair.join("=")).join("; ") });
      if (sent) headers.set("origin", base.origin);
      const response = await request(url, {
        method: sent ? "POST" : "GET",
        headers,
        redirect: "manual",
        ...(sent ? { body: sent } : {}),
      });
      remember(jar, response);
      const target = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || target === null) {
        return { url, status: response.status, document: parse(await response.text()) };
      }
      url = new URL(target, url);
      sent = undefined;
    }
    throw notReached(`${start.pathname} redirects without end`);
  }

  return { open: (address) => load(new URL(address, base)), post: load };
}

/** A request that says in words that nobody answers. @throws PersonaFault 1 */
export async function request(url: URL, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT) });
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    throw notReached(`${url.origin} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** The page itself if it can be used; its own words if the service refused it. @throws PersonaFault 1 */
export function requireOk(page: Page): Page {
  if (page.status === 200) return page;
  const errors = page.document.querySelectorAll("#errors a").map((link) => link.textContent.trim());
  const said = errors.length > 0 ? `:\n${errors.join("\n")}` : "";
  throw notReached(`${page.url.pathname} answered ${page.status}${said}`);
}

/** Finds an element of the page's content. */
export function find(page: Page, selector: string): HTMLElement | undefined {
  return page.document.querySelector(`main ${selector}`) ?? undefined;
}
