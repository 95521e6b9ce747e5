import evidence from "#locales/de/evidence.json" with { type: "json" };
import fields from "#locales/de/fields.json" with { type: "json" };
import pages from "#locales/de/pages.json" with { type: "json" };
import services from "#locales/de/services.json" with { type: "json" };
import steps from "#locales/de/steps.json" with { type: "json" };
import type { PdfWords } from "#app/pdf/application.server.ts";
import type { Relation } from "#flows/household/relations.ts";

type Tree = { readonly [key: string]: string | Tree };

/** A text of the German words by path; the path itself where there is none, which a test excludes. */
function find(tree: Tree, ...path: string[]): string {
  const found = path.reduce<string | Tree | undefined>(
    (at, key) => (typeof at === "object" ? at[key] : undefined),
    tree,
  );
  return typeof found === "string" ? found : path.join(".");
}

/** German words of payload and PDF: the authority's language, whatever the person reads. */
export const germanPdfWords: PdfWords = {
  section: (id) => find(steps, "sections", id),
  group: (id) => find(steps, id, "group"),
  field: (name) => find(fields, name, "label"),
  option: (name, option) => find(fields, name, "options", option),
  evidence: (code) => find(evidence, code, "title"),
  declaration: (name) => find(fields, name, "label"),
  filed: ({ text }) => text,
  text: (key) => find(pages, "pdf", key),
};

/** The mark of the demo on what is printed and sent, in German; nothing in production. */
export function germanDemoMark({ mode }: { mode: "demo" | "production" }): string | undefined {
  return mode === "demo" ? germanPdfWords.text("demo") : undefined;
}

/** What a person of a household is to the one who began it, in German. */
export const germanRelation = (relation: Relation): string => find(pages, "household", "who", relation);

/** German title of a service. */
export function germanServiceTitle(id: string): string {
  return find(services, id, "title");
}
