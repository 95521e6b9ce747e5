import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Words = { [key: string]: string | Words };

/** Sources that show words. */
const sources = globSync("{app,flows}/**/*.{ts,tsx,mjs}")
  .filter((path) => !path.includes(".test."))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

/** Words whose last part comes from data rather than from a source beside the prefix. */
const namedByData: readonly string[] = [
  // Why an upload is refused, as the upload says it.
  "pages:uploadReason.",
  // What a person is to the one who began, as the draft says it.
  "pages:household.who.",
  // When an application counts as filed, as the authority's configuration says it.
  "pages:receipt.rule.",
  // How far applications of helpers are, by the words of events.
  "operator:helper.states.",
  // States, codes and the like on the operator's pages, by the words of database and transports.
  "operator:states.",
  "operator:kinds.",
  "operator:stages.",
  "operator:events.",
  "operator:ways.",
  "operator:codes.words.",
  "operator:codes.keyFaults.",
  "operator:mails.purposes.",
  "operator:mails.audiences.",
  "operator:helper.states.",
  "operator:mails.states.",
  "operator:head.roles.",
  "operator:done.",
  "operator:drills.modes.",
  // What becomes of messages, and what authorities write, by the words of events and letters.
  "pages:supplement.events.",
  "pages:answer.events.",
  "pages:withdrawal.events.",
  "pages:events.",
  "pages:letters.documents.",
  // How long data stay: rows of the table in `retention.server.ts`.
  "pages:privacy.storage.",
  // What went wrong, as the root of the pages tells it.
  "common:errorPage.",
  // Why a login of staff did not work, as its code says it.
  "operator:staff.failed.",
  // Words of the German PDF, handed to it by name.
  "pages:pdf.",
];

function keysOf(words: Words, prefix: string): string[] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === "string" ? [prefix + name] : keysOf(value, `${prefix}${name}.`),
  );
}

/** Keys of a file of words as sources name them: without the endings of plural forms. */
function keysIn(namespace: string): string[] {
  const words = JSON.parse(readFileSync(`locales/de/${namespace}.json`, "utf8")) as Words;
  const keys = new Set(keysOf(words, `${namespace}:`));
  const bases = [...keys].map((key) => {
    const base = key.replace(/_(one|other)$/, "");
    return keys.has(`${base}_one`) && keys.has(`${base}_other`) ? base : key;
  });
  return [...new Set(bases)];
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const isQuoted = (key: string, text: string) => ['"', "'", "`"].some((quote) => text.includes(quote + key + quote));

/** The names that a template with holes can build, as a pattern with the holes as groups. */
function patternOf(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map(escaped);
  return new RegExp(`^${parts.join(String.raw`([\w.]+)`)}$`);
}

/** Templates of a source that build a key or a part of one. */
const templatesIn = (text: string): RegExp[] =>
  [...text.matchAll(/`((?:[\w.:]|\$\{[^{}`]*\})*)`/g)]
    .map(([, template = ""]) => template)
    .filter((template) => template.includes("${") && /[\w.]/.test(template.replaceAll(/\$\{[^}]*\}/g, "")))
    .map(patternOf);

const withTemplates = sources.map((source) => ({ ...source, templates: templatesIn(source.text) }));

/** True if a source says a name: in quotes, or built of a template and names that it says itself. */
function says(source: (typeof withTemplates)[number], name: string, depth = 0): boolean {
  if (isQuoted(name, source.text)) return true;
  if (depth > 2) return false;
  return source.templates.some((pattern) => {
    const holes = pattern.exec(name)?.slice(1);
    return holes?.every((hole) => hole !== name && says(source, hole, depth + 1)) ?? false;
  });
}

function isMentioned(key: string): boolean {
  if (namedByData.some((prefix) => key.startsWith(prefix))) return true;
  const names = key.startsWith("common:") ? [key, key.slice("common:".length)] : [key];
  return withTemplates.some((source) => names.some((name) => says(source, name)));
}

describe.each(["pages", "common", "operator"])("words of %s", (namespace) => {
  test("each is shown somewhere", () => {
    const keys = keysIn(namespace);
    expect(keys.length).toBeGreaterThan(50);
    expect(keys.filter((key) => !isMentioned(key))).toEqual([]);
  });
});

test("words named by data exist", () => {
  const keys = ["pages", "common", "operator"].flatMap(keysIn);
  expect(namedByData.filter((prefix) => !keys.some((key) => key.startsWith(prefix)))).toEqual([]);
});

test("a key that no source mentions is found", () => {
  expect(["pages:nobody.saysThis", "common:nobody.saysThis"].filter(isMentioned)).toEqual([]);
});
