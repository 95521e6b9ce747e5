import { RemixBrowser } from "@remix-run/react";
import { startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { clientI18n } from "#app/i18n/i18n.client.ts";
import { isLanguage, leadingLanguage } from "#locales/languages.ts";

const { lang } = document.documentElement;
// What is drawn here at first must find its words at once: a page that waits for them cannot take a click. A form may say
// which it needs; pages of questions bring their own along.
const words = document.querySelector<HTMLElement>("[data-words]")?.dataset["words"] ?? "pages";
const first = ["common", ...words.split(" ").filter(Boolean)];
void clientI18n(isLanguage(lang) ? lang : leadingLanguage, first).then((i18n) =>
  startTransition(() => {
    hydrateRoot(
      document,
      <I18nextProvider i18n={i18n}>
        <RemixBrowser />
      </I18nextProvider>,
    );
  }),
);
