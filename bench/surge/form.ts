import type { Control } from "#tests/support/plainBrowser.ts";

/** What a person can do on a page: its first form that posts, or else the link that leads on. */
export type Form = {
  isMultipart: boolean;
  /** Whether a list can be added to, or left as it is. */
  isList: boolean;
  controls: Control[];
};

const TAG = /<(input|select|textarea)\b([^>]*)>/g;
const NAME = /\sname="([^"]*)"/;
const TYPE = /\stype="([^"]*)"/;
const VALUE = /\svalue="([^"]*)"/;
const CHARACTERS: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'" };

const plain = (text: string): string =>
  text.includes("&")
    ? text.replaceAll(/&(amp|lt|gt|quot|#x27|#39);/g, (_whole, name: string) => CHARACTERS[name] ?? "")
    : text;

/** The part of a text between two marks; empty if the first is not there. */
function between(text: string, from: string, to: string): string {
  const begin = text.indexOf(from);
  if (begin === -1) return "";
  const end = text.indexOf(to, begin);
  return text.slice(begin, end === -1 ? undefined : end);
}

function controlOf(form: string, tag: string, attributes: string, end: number): Control {
  const value = plain(VALUE.exec(attributes)?.[1] ?? "");
  const base = { name: plain(NAME.exec(attributes)?.[1] ?? ""), isChosen: true, value };
  if (tag === "select") {
    const options = form.slice(end, form.indexOf("</select>", end));
    const chosen = /<option\b[^>]*\sselected=""[^>]*>/.exec(options)?.[0] ?? "";
    return { ...base, kind: "free", value: plain(VALUE.exec(chosen)?.[1] ?? "") };
  }
  if (tag === "textarea")
    return { ...base, kind: "free", value: plain(form.slice(end, form.indexOf("</textarea>", end))) };
  const type = TYPE.exec(attributes)?.[1] ?? "text";
  if (type === "hidden" || type === "file") return { ...base, kind: type };
  if (type === "radio" || type === "checkbox")
    return { ...base, kind: "tick", isChosen: /\schecked=""/.test(attributes) };
  return { ...base, kind: "free" };
}

/**
 * Reads the form of a page by a look at its tags alone: a crowd in one process has no time to build a document of each page,
 * which takes longer than the service needs to make it. @returns `undefined` for a page without form
 */
export function readForm(page: string): Form | undefined {
  const main = between(page, "<main", "</main>");
  const begin = main.search(/<form\b[^>]*\smethod="post"/);
  if (begin === -1) return undefined;
  const form = main.slice(begin, main.indexOf("</form>", begin));
  const controls = [...form.matchAll(TAG)].map(({ index, 0: whole, 1: tag = "", 2: attributes = "" }) =>
    controlOf(form, tag, attributes, index + whole.length),
  );
  const head = form.slice(0, form.indexOf(">"));
  return {
    controls,
    isMultipart: head.includes("multipart/form-data"),
    isList: /<button\b[^>]*\sname="add"/.test(form),
  };
}

/** Where the main button of a page leads that asks nothing. */
export function readLink(page: string): string | undefined {
  const link = /<a\b[^>]*class="[^"]*kern-btn--primary[^>]*>/.exec(between(page, "<main", "</main>"))?.[0];
  return link === undefined ? undefined : plain(/\shref="([^"]*)"/.exec(link)?.[1] ?? "");
}

/** The reference on a receipt. */
export const readReference = (page: string): string | undefined =>
  /class="ao-ref"[^>]*>([^<]+)</.exec(page)?.[1]?.trim();

/** What a person does with a form; see `Filling` of the plain browser. */
export type Filled = {
  values: Readonly<Record<string, readonly string[]>>;
  files?: Readonly<Record<string, Uint8Array>>;
  press?: readonly [name: string, value: string];
};

/** Name and value of everything that a browser posts but for files. */
function pairsOf({ controls }: Form, { values, press }: Filled): (readonly [string, string])[] {
  const pairs = controls.flatMap(({ name, kind, value, isChosen }): [string, string][] => {
    const wanted = values[name];
    if (kind === "file") return [];
    if (kind === "tick") return (wanted?.includes(value) ?? isChosen) ? [[name, value]] : [];
    return [[name, wanted?.[0] ?? value]];
  });
  return press ? [...pairs, press] : pairs;
}

const BOUNDARY = "----surge-7f3a1c";

/** The body that a browser would post, with its content type. */
export function bodyOf(form: Form, filled: Filled): { type: string; bytes: Buffer } {
  const pairs = pairsOf(form, filled);
  if (!form.isMultipart) {
    const text = new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString();
    return { type: "application/x-www-form-urlencoded", bytes: Buffer.from(text) };
  }
  const part = (head: string, content: Uint8Array | string) => [
    Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from("\r\n"),
  ];
  const fields = pairs.flatMap(([name, value]) => part(`name="${name}"`, value));
  const files = form.controls
    .filter(({ kind }) => kind === "file")
    .flatMap(({ name }) => {
      const content = filled.files?.[name];
      const file = content ? "paper.pdf" : "";
      return part(`name="${name}"; filename="${file}"\r\ncontent-type: application/octet-stream`, content ?? "");
    });
  return {
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    bytes: Buffer.concat([...fields, ...files, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  };
}
