import type { Language } from "#locales/languages.ts";
import { directionOf } from "#locales/languages.ts";

/** A piece of a mail; both its plain and its HTML form are made from it. */
export type Block =
  | { kind: "heading"; text: string }
  | { kind: "text"; text: string }
  | { kind: "list"; items: readonly string[] }
  | { kind: "address"; href: string };

/** What a mail says, in one language after the other. */
export type Letter = { subject: string; parts: readonly { language: Language; blocks: readonly Block[] }[] };

/** The two forms of a mail, which say the same. */
export type Rendered = { subject: string; text: string; html: string };

const plain: { [Kind in Block["kind"]]: (block: Extract<Block, { kind: Kind }>) => string } = {
  heading: ({ text }) => `${text}\n${"-".repeat(Math.min(text.length, 60))}`,
  text: ({ text }) => text,
  list: ({ items }) => items.map((item) => `- ${item}`).join("\n"),
  // On a line of its own: programs that make links of addresses take nothing else into them.
  address: ({ href }) => href,
};

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const markup: typeof plain = {
  heading: ({ text }) => `<h2>${escaped(text)}</h2>`,
  text: ({ text }) => `<p>${escaped(text)}</p>`,
  list: ({ items }) => `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join("")}</ul>`,
  address: ({ href }) => `<p dir="ltr"><a href="${escaped(href)}">${escaped(href)}</a></p>`,
};

function drawn(block: Block, forms: typeof plain): string {
  // Each form takes the blocks of its own kind, which the type of the table says and a look-up loses.
  return (forms[block.kind] as (block: Block) => string)(block);
}

/** Draws a letter as plain text and as simple HTML: no styles, no pictures, nothing that is fetched from elsewhere. */
export function rendered({ subject, parts }: Letter): Rendered {
  const first = parts[0]?.language ?? "de";
  const text = parts.map(({ blocks }) => blocks.map((block) => drawn(block, plain)).join("\n\n"));
  const sections = parts.map(
    ({ language, blocks }) =>
      `<section lang="${language}" dir="${directionOf(language)}">${blocks.map((block) => drawn(block, markup)).join("\n")}</section>`,
  );
  const head = `<meta charset="utf-8"><title>${escaped(subject)}</title>`;
  return {
    subject,
    text: `${text.join(`\n\n${"=".repeat(60)}\n\n`)}\n`,
    html: `<!doctype html>\n<html lang="${first}" dir="${directionOf(first)}"><head>${head}</head><body>\n${sections.join("\n<hr>\n")}\n</body></html>\n`,
  };
}
