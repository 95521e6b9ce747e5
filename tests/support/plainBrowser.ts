import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse, type HTMLElement } from "node-html-parser";

/** An answer of the service as it came, after redirects. */
export type PlainPage = { url: URL; status: number; headers: Headers; text: string; document: HTMLElement };

/** A file to post. */
export type PlainFile = { name: string; bytes: Uint8Array };

/** What a person does with the form of a page: values by control, files by control, and the button that is pressed. */
export type Filling = {
  values?: Readonly<Record<string, readonly string[]>>;
  files?: Readonly<Record<string, readonly (string | PlainFile)[]>>;
  press?: readonly [name: string, value: string];
};

/** A browser without script, whose cookies and headers a test may change. */
export type PlainBrowser = {
  cookies: Map<string, string>;
  /** One request, no redirect followed. */
  send: (path: string, init?: RequestInit) => Promise<Response>;
  open: (path: string, headers?: Record<string, string>) => Promise<PlainPage>;
  /** Posts the form of a page and follows to where it leads. */
  submit: (page: PlainPage, filling?: Filling, headers?: Record<string, string>) => Promise<PlainPage>;
};

const MAX_REDIRECTS = 10;

/** Opens a browser at a service. */
export function plainBrowser(base: string, language = "de-DE"): PlainBrowser {
  const cookies = new Map<string, string>();

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    if (!headers.has("accept-language")) headers.set("accept-language", language);
    if (init.method === "POST" && !headers.has("origin")) headers.set("origin", base);
    const response = await fetch(new URL(path, base), { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }

  async function follow(path: string, init: RequestInit): Promise<PlainPage> {
    let url = new URL(path, base);
    let response = await send(url.href, init);
    for (let count = 0; response.status >= 300 && response.status < 400; count += 1) {
      if (count === MAX_REDIRECTS) throw new Error(`${path} redirects without end`);
      url = new URL(response.headers.get("location") ?? "", url);
      response = await send(url.href);
    }
    const text = await response.text();
    return { url, status: response.status, headers: response.headers, text, document: parse(text) };
  }

  return {
    cookies,
    send,
    open: (path, headers = {}) => follow(path, { headers }),
    submit: (page, filling = {}, headers = {}) => {
      const path = formOf(page).getAttribute("action") ?? page.url.href;
      return follow(new URL(path, page.url).href, { method: "POST", headers, body: bodyOf(page, filling) });
    },
  };
}

/** The form of a page that posts. */
export function formOf({ document, url, status }: PlainPage): HTMLElement {
  const form = document.querySelector('main form[method="post"]');
  if (!form) throw new Error(`${url.pathname} (${status}) has no form`);
  return form;
}

/** A control of a form; `isFree` for those that hold what was typed, not one of given answers. */
export type Control = { name: string; kind: "hidden" | "free" | "tick" | "file"; value: string; isChosen: boolean };

/** The controls of a form as they came. */
export function controlsOf(page: PlainPage): Control[] {
  return formOf(page)
    .querySelectorAll("input, select, textarea")
    .map((element) => {
      const type = element.getAttribute("type") ?? "text";
      const base = {
        name: element.getAttribute("name") ?? "",
        isChosen: true,
        value: element.getAttribute("value") ?? "",
      };
      if (element.tagName === "SELECT") {
        return { ...base, kind: "free", value: element.querySelector("option[selected]")?.getAttribute("value") ?? "" };
      }
      if (element.tagName === "TEXTAREA") return { ...base, kind: "free", value: element.textContent };
      if (type === "hidden" || type === "file") return { ...base, kind: type };
      if (type === "text") return { ...base, kind: "free" };
      return { ...base, kind: "tick", isChosen: element.hasAttribute("checked") };
    });
}

/** What stands in the controls of a form, by name. */
export function valuesOf(page: PlainPage): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const { name, value, kind, isChosen } of controlsOf(page)) {
    if (kind !== "file" && isChosen) (values[name] ??= []).push(value);
  }
  return values;
}

/** The body that a browser would post for a filled form. */
export function bodyOf(page: PlainPage, { values = {}, files = {}, press }: Filling): URLSearchParams | FormData {
  const isMultipart = formOf(page).getAttribute("enctype") === "multipart/form-data";
  const body = isMultipart ? new FormData() : new URLSearchParams();
  for (const control of controlsOf(page)) {
    const wanted = values[control.name];
    if (control.kind === "file") {
      if (body instanceof FormData) appendFiles(body, control.name, files[control.name] ?? []);
    } else if (control.kind === "tick") {
      if (wanted?.includes(control.value) ?? control.isChosen) body.append(control.name, control.value);
    } else body.append(control.name, wanted?.[0] ?? control.value);
  }
  if (press) body.append(...press);
  return body;
}

/** A browser posts an empty file field as a file without name. */
function appendFiles(body: FormData, control: string, files: readonly (string | PlainFile)[]): void {
  if (files.length === 0) body.append(control, new File([], ""));
  for (const file of files) {
    const { name, bytes } = typeof file === "string" ? { name: basename(file), bytes: readFileSync(file) } : file;
    body.append(control, new File([new Uint8Array(bytes)], name, { type: "application/octet-stream" }));
  }
}

/** The words of the error summary with the control that each links to. */
export function errorsOf({ document }: PlainPage): { text: string; target: string }[] {
  return document
    .querySelectorAll("#errors a")
    .map((link) => ({ text: link.textContent.trim(), target: link.getAttribute("href") ?? "" }));
}

/** Title of the browser tab. */
export const titleOf = ({ document }: PlainPage): string => document.querySelector("title")?.textContent.trim() ?? "";

/** The access code that a page shows. */
export function codeOf({ document, url }: PlainPage): string {
  const groups = document.querySelectorAll(".ao-resume__code span").map((span) => span.textContent.trim());
  if (groups.length === 0) throw new Error(`${url.pathname} shows no access code`);
  return groups.join("-");
}
