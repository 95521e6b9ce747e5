import { parse, type HTMLElement } from "node-html-parser";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { StaticRouter } from "react-router-dom/server";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import type { Language } from "#locales/languages.ts";

/** What the server would send for a component, in a language. */
export function html(element: ReactElement, language: Language = "de"): string {
  return renderToStaticMarkup(
    <I18nextProvider i18n={serverI18n(language)}>
      <StaticRouter location="/" future={{ v7_relativeSplatPath: true }}>
        {element}
      </StaticRouter>
    </I18nextProvider>,
  );
}

/** The same, to look things up in. */
export function markup(element: ReactElement, language: Language = "de"): HTMLElement {
  return parse(html(element, language));
}

/** Ids that occur more than once, and ids that are referred to but missing. */
export function idFaults(root: HTMLElement): string[] {
  const ids = root.querySelectorAll("[id]").map((element) => element.getAttribute("id") ?? "");
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const referring = ["for", "aria-describedby", "aria-labelledby"];
  const referred = referring.flatMap((name) =>
    root.querySelectorAll(`[${name}]`).flatMap((element) => (element.getAttribute(name) ?? "").split(" ")),
  );
  return [...twice, ...referred.filter((id) => !ids.includes(id))];
}
