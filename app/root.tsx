import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useRouteError,
} from "@remix-run/react";
import type { LinksFunction } from "@remix-run/node";
import { useContext, useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { ErrorPage, type ErrorPageProps } from "#app/components/ErrorPage.tsx";
import { isNetworkFailure } from "#app/components/networkFailure.ts";
import { NonceContext } from "#app/components/NonceContext.ts";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { SaveDataContext } from "#app/components/SaveDataContext.ts";
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
  const savesData = useContext(SaveDataContext);
  return (
    <html lang={language} dir={directionOf(language)} className={savesData ? "ao-save-data" : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        {!savesData && (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
          </>
        )}
      </body>
    </html>
  );
}

/** Without script a new page takes the focus and is read out; with script its content has to be given the focus. */
function useFocusOnArrival(): void {
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    // A page with errors has given the focus to their summary.
    if (document.activeElement?.id !== "errors") document.getElementById("inhalt")?.focus({ preventScroll: true });
  }, [pathname]);
}

export default function Root() {
  useFocusOnArrival();
  return <Outlet />;
}

const kinds: Readonly<Record<number, ErrorPageProps["kind"]>> = { 404: "notFound", 413: "tooLarge", 429: "busy" };

function kindOf(error: unknown): ErrorPageProps["kind"] {
  if (isNetworkFailure(error)) return "offline";
  if (!isRouteErrorResponse(error)) return "server";
  return kinds[error.status] ?? (error.status < 500 ? "forbidden" : "server");
}

/** Errors in the language of the address, without anything of their inside. */
export function ErrorBoundary() {
  const { t, i18n } = useTranslation();
  const error = useRouteError();
  const { pathname, search } = useLocation();
  const kind = kindOf(error);
  const again = { href: pathname + search, label: t("actions.retry") };
  const frame = plainFrame(isLanguage(i18n.language) ? i18n.language : leadingLanguage);
  return (
    <PageFrame {...frame}>
      <title>{t("pageTitle", { title: t(`errorPage.${kind}.title`) })}</title>
      <ErrorPage kind={kind} homeHref={frame.homeHref} {...(kind === "offline" && { action: again })} />
    </PageFrame>
  );
}
