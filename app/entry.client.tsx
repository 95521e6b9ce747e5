import { RemixBrowser } from "@remix-run/react";
import { startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { clientI18n } from "#app/i18n/i18n.client.ts";
import { isLanguage, leadingLanguage } from "#locales/languages.ts";

const { lang } = document.documentElement;
void clientI18n(isLanguage(lang) ? lang : leadingLanguage).then((i18n) =>
  startTransition(() => {
    hydrateRoot(
      document,
      <I18nextProvider i18n={i18n}>
        <RemixBrowser />
      </I18nextProvider>,
    );
  }),
);
