import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import type { HTMLElement } from "node-html-parser";
import { find, requireOk, type Browser, type Page } from "#app/cli/persona/browser.ts";
import { notReached } from "#app/cli/persona/fault.ts";
import type { FormValues } from "#flows/engine/forms.ts";

/** A control as it stands on the page. */
type Control = {
  name: string;
  kind: "value" | "tick" | "select" | "file";
  value: string;
  isTicked: boolean;
  options: readonly string[];
};

/** Files by the name of their control, as paths. */
export type Uploads = ReadonlyMap<string, readonly string[]>;

/** What a person does with a form: fill, add files, press a button (by its name; without, the first one). */
export type Filling = { values: FormValues; uploads?: Uploads; press?: string };

const mimeTypes: Readonly<Record<string, string>> = {
  ".pdf": "application/pdf",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
};

function controlOf(element: HTMLElement): Control[] {
  const name = element.getAttribute("name");
  if (!name || element.hasAttribute("disabled")) return [];
  const type = element.getAttribute("type") ?? "text";
  const value = element.getAttribute("value");
  const base = { name, value: value ?? "", isTicked: false, options: [] };
  if (element.tagName === "SELECT") {
    const options = element.querySelectorAll("option");
    const chosen = options.find((option) => option.hasAttribute("selected")) ?? options[0];
    const values = options.map((option) => option.getAttribute("value") ?? option.textContent);
    return [{ ...base, kind: "select", value: chosen?.getAttribute("value") ?? "", options: values }];
  }
  if (element.tagName === "TEXTAREA") return [{ ...base, kind: "value", value: element.textContent }];
  if (type === "file") return [{ ...base, kind: "file" }];
  if (type === "radio" || type === "checkbox") {
    return [{ ...base, kind: "tick", value: value ?? "on", isTicked: element.hasAttribute("checked") }];
  }
  return type === "submit" || type === "button" ? [] : [{ ...base, kind: "value" }];
}

/** Puts the values in; a control or answer that the page does not have is a fault of the page. */
function filled(controls: readonly Control[], values: FormValues, path: string): Control[] {
  for (const [name, wanted] of Object.entries(values)) {
    const own = controls.filter((control) => control.name === name);
    if (own.length === 0) throw notReached(`${path} has no control "${name}"`);
    const offered = own.flatMap((control) => (control.kind === "tick" ? [control.value] : control.options));
    const missing = offered.length > 0 ? wanted.find((value) => !offered.includes(value)) : undefined;
    if (missing !== undefined) throw notReached(`${path} has no answer "${missing}" for "${name}"`);
  }
  return controls.map((control) => {
    const wanted = values[control.name];
    if (wanted === undefined) return control;
    return control.kind === "tick"
      ? { ...control, isTicked: wanted.includes(control.value) }
      : { ...control, value: wanted[0] ?? "" };
  });
}

/** A browser sends a file field that was left empty as a file without name. */
function filesOf(control: Control, uploads: Uploads): File[] {
  const paths = uploads.get(control.name) ?? [];
  if (paths.length === 0) return [new File([], "", { type: "application/octet-stream" })];
  return paths.map((path) => {
    const type = mimeTypes[extname(path).toLowerCase()] ?? "application/octet-stream";
    return new File([readFileSync(path)], basename(path), { type });
  });
}

function bodyOf(controls: readonly Control[], uploads: Uploads, isMultipart: boolean): URLSearchParams | FormData {
  const sent = controls.filter((control) => control.kind !== "tick" || control.isTicked);
  if (!isMultipart) {
    return new URLSearchParams(sent.filter(({ kind }) => kind !== "file").map(({ name, value }) => [name, value]));
  }
  const body = new FormData();
  for (const control of sent) {
    if (control.kind !== "file") body.append(control.name, control.value);
    else for (const file of filesOf(control, uploads)) body.append(control.name, file);
  }
  return body;
}

/**
 * Fills and posts the form of a page as a browser without script does.
 * @throws PersonaFault 1 if the page lacks a control or refuses the values, in its own words
 */
export async function submit(browser: Browser, page: Page, filling: Filling): Promise<Page> {
  const path = page.url.pathname;
  const form = find(page, 'form[method="post"]');
  if (!form) throw notReached(`${path} has no form`);
  const { values, uploads = new Map(), press } = filling;
  const button = press === undefined ? undefined : form.querySelector(`button[name="${press}"]`);
  if (press !== undefined && !button) throw notReached(`${path} has no button "${press}"`);
  const controls = filled(form.querySelectorAll("input, select, textarea").flatMap(controlOf), values, path);
  for (const name of uploads.keys()) {
    if (!controls.some((control) => control.kind === "file" && control.name === name)) {
      throw notReached(`${path} takes no file "${name}"`);
    }
  }
  const body = bodyOf(controls, uploads, form.getAttribute("enctype") === "multipart/form-data");
  if (press !== undefined) body.append(press, button?.getAttribute("value") ?? "");
  return requireOk(await browser.post(new URL(form.getAttribute("action") ?? path, page.url), body));
}
