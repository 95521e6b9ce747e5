import type { PageFrameProps } from "#app/components/PageFrame.tsx";
import { languages, type Language } from "#locales/languages.ts";

/** The frame of a page as plain data. */
export type Frame = Omit<PageFrameProps, "children" | "bar" | "layout" | "office" | "staffHeader">;

/** Links to the same page in every language; `path` is what follows the language in the address. */
export function languageLinks(path: string): Frame["languageLinks"] {
  return Object.fromEntries(languages.map(({ code }) => [code, `/${code}${path}`])) as Frame["languageLinks"];
}

/** Footer links of the whole service. */
export function footerLinks(language: Language): Frame["footer"] {
  return {
    imprint: `/${language}/imprint`,
    privacy: `/${language}/privacy`,
    accessibility: `/${language}/accessibility`,
    barrier: `/${language}/accessibility#feedback`,
    deleteData: `/${language}/delete-data`,
  };
}

/** The frame of pages that know neither authority nor configuration: errors. */
export function plainFrame(language: Language): Frame {
  return {
    demo: false,
    homeHref: `/${language}`,
    languageLinks: languageLinks(""),
    help: {},
    footer: footerLinks(language),
  };
}
