import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from "@remix-run/react";
import type { LinksFunction } from "@remix-run/node";
import { useContext, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPage, type ErrorPageProps } from "#app/components/ErrorPage.tsx";
import { NonceContext } from "#app/components/NonceContext.ts";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { plainFrame } from "#app/components/frame.ts";
import styles from "#app/styles/app.scss?url";
import { directionOf, isLanguage, leadingLanguage } from "#locales/languages.ts";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: styles },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export function Layout({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const language = isLanguage(i18n.language) ? i18n.language : leadingLanguage;
  const nonce = useContext(NonceContext);
  return (
    <html lang={language} dir={directionOf(language)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

const kinds: Readonly<Record<number, ErrorPageProps["kind"]>> = { 404: "notFound", 413: "tooLarge", 429: "busy" };

/** Errors in the language of the address, without anything of their inside. */
export function ErrorBoundary() {
  const { t, i18n } = useTranslation();
  const error = useRouteError();
  const kind = isRouteErrorResponse(error)
    ? (kinds[error.status] ?? (error.status < 500 ? "forbidden" : "server"))
    : "server";
  const frame = plainFrame(isLanguage(i18n.language) ? i18n.language : leadingLanguage);
  return (
    <PageFrame {...frame}>
      <title>{t("pageTitle", { title: t(`errorPage.${kind}.title`) })}</title>
      <ErrorPage kind={kind} homeHref={frame.homeHref} />
    </PageFrame>
  );
}
