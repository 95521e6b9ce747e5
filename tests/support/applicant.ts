import { type HTMLElement, parse } from "node-html-parser";
import { writeFields } from "#flows/engine/forms.ts";
import type { Fields } from "#flows/engine/fields.ts";
import { services } from "#flows/services/registry.ts";
import { triage } from "#flows/services/triage.ts";
import { p1, p1Files, type TestFile } from "./p1.ts";

const MAX_PAGES = 80;

/** A person at a browser without JavaScript: reads pages, fills their forms, keeps cookies, follows redirects. */
export type Applicant = {
  get: (path: string) => Promise<Page>;
  /** Posts the form of a page, filled, as its first button would. */
  post: (page: Page) => Promise<Page>;
  /** Goes from the first question to the review page. */
  fillIn: () => Promise<Page>;
  /** Presses "submit" on the review page; the page that comes back should be the receipt. */
  submit: (review: Page) => Promise<Page>;
  /** The words of the status page: what happened so far, oldest first. */
  events: () => Promise<string[]>;
  /** The access code as the page that shows it writes it. */
  accessCode: () => Promise<string>;
};

/** A page as it came: where it is after redirects, its status and markup. */
export type Page = { path: string; status: number; html: HTMLElement };

/** What the person types and hands in: persona P1 unless told otherwise. */
export type Typed = { answers: Readonly<Record<string, unknown>>; files: Readonly<Record<string, readonly TestFile[]>> };

/** Values by control name, as `writeFields` would fill the pages of both wizards. */
function controlsOf(answers: Readonly<Record<string, unknown>>): Map<string, readonly string[]> {
  const steps = [triage, ...Object.values(services).map(({ flow }) => flow)].flatMap((flow) => Object.values(flow.steps));
  const fields: Fields = Object.assign({}, ...steps.map((step) => ("fields" in step ? step.fields : {})));
  return new Map(Object.entries(writeFields(fields, answers)));
}

/** The reference on a receipt. @throws when the page is no receipt */
export function referenceOf({ html, path, status }: Page): string {
  const found = /(?<![\w-])[0-9A-Z]{4}(-[0-9A-Z]{4}){2}(?![\w-])/.exec(html.querySelector("main")?.structuredText ?? "");
  if (!path.endsWith("/receipt") || !found) throw new Error(`no receipt but ${status} ${path}`);
  return found[0];
}

/** Begins a visit of a service. */
export function newApplicant(base: string, { answers, files }: Typed = { answers: p1, files: p1Files }): Applicant {
  const cookies = new Map<string, string>();
  const controls = controlsOf(answers);

  async function request(path: string, body?: FormData | URLSearchParams): Promise<Page> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, ...(body ? { origin: base } : {}) };
    const init = body ? { method: "POST", body, headers } : { headers };
    const answer = await fetch(new URL(path, base), { ...init, redirect: "manual" });
    for (const header of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    const text = await answer.text();
    if (location) return request(new URL(location, new URL(path, base)).pathname + new URL(location, base).search);
    return { path: new URL(path, base).pathname, status: answer.status, html: parse(text) };
  }

  function filled(form: HTMLElement): FormData {
    const body = new FormData();
    const chosen = (name: string, value: string) => controls.get(name)?.includes(value) ?? false;
    for (const control of form.querySelectorAll("input, select, textarea")) {
      const [name, type] = [control.getAttribute("name"), control.getAttribute("type") ?? "text"];
      if (!name) continue;
      const value = control.getAttribute("value") ?? "";
      if (type === "hidden") body.append(name, value);
      else if (type === "file") {
        const list = files[name.replace(/\.files$/, "")] ?? [];
        for (const { name: fileName, bytes } of list) body.append(name, new File([new Uint8Array(bytes)], fileName));
      } else if (name.endsWith(".later")) {
        if (!files[name.replace(/\.later$/, "")]) body.append(name, value);
      } else if (type === "radio" || type === "checkbox") {
        if (chosen(name, value)) body.append(name, value);
      } else body.append(name, controls.get(name)?.[0] ?? "");
    }
    return body;
  }

  async function post(page: Page): Promise<Page> {
    const form = page.html.querySelector("main form[method=post]");
    if (!form) throw new Error(`no form on ${page.path} (${page.status})`);
    const body = filled(form);
    const isMultipart = form.getAttribute("enctype") === "multipart/form-data";
    const action = form.getAttribute("action") ?? page.path;
    return request(action, isMultipart ? body : new URLSearchParams([...body].map(([name, value]) => [name, String(value)])));
  }

  /** The only way on from a page without form: the link of its main button. */
  async function go(page: Page): Promise<Page> {
    if (page.html.querySelector("main form[method=post]") && !page.path.endsWith("/save-code")) return post(page);
    const link = page.html.querySelector("main a.kern-btn--primary");
    if (!link) throw new Error(`no way on from ${page.path} (${page.status})`);
    return request(link.getAttribute("href") ?? "");
  }

  return {
    get: (path) => request(path),
    post,
    fillIn: async () => {
      let page = await request("/de/potsdam/triage/place");
      for (let count = 0; count < MAX_PAGES; count += 1) {
        if (page.status !== 200) throw new Error(`${page.path} answered ${page.status}: ${page.html.querySelector(".ao-errors, main")?.text}`);
        if (page.path.endsWith("/review")) return page;
        page = await go(page);
      }
      throw new Error(`no end after ${MAX_PAGES} pages, at ${page.path}`);
    },
    submit: post,
    events: async () => {
      const { html } = await request("/de/status");
      return html.querySelector("[data-events]")?.getAttribute("data-events")?.split(" ") ?? [];
    },
    accessCode: async () => {
      const { html, path } = await request("/de/potsdam/access-sheet");
      const code = html.querySelector(".ao-resume__code")?.text.replace(/[^0-9A-Z]/g, "") ?? "";
      if (code.length !== 28) throw new Error(`no access code on ${path}`);
      return code;
    },
  };
}
