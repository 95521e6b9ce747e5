import { Hono, type Context } from "hono";
import { isLoopback } from "../common/settings.ts";
import { foreign, listPage, mailPage, messagePage, STYLE } from "./pages.ts";
import type { Store } from "./store.ts";

const SECURITY_HEADERS = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** For what others wrote: no script, no style, no picture, nothing is fetched, and it is shown inside our page only. */
const FOREIGN_POLICY = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** Only names of this computer: a foreign name that resolves to loopback (DNS rebinding) must not read the mails. */
function isOwnHost(host: string): boolean {
  return URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname);
}

const notFound = (context: Context) =>
  context.html(messagePage("Nicht gefunden", "Diese Seite oder diese E-Mail gibt es hier nicht."), 404);

/** Pages that show mails, and the JSON that checks read. */
export function createApp(store: Pick<Store, "all" | "find">): Hono {
  const app = new Hono();

  app.use(async (context, next) => {
    if (!isOwnHost(context.req.header("host") ?? "")) return context.text("Unbekannter Name dieses Rechners", 403);
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!context.res.headers.has(name)) context.header(name, value);
    }
  });
  app.notFound(notFound);
  app.onError((_error, context) =>
    context.html(messagePage("Fehler", "Im Simulator ist ein Fehler aufgetreten."), 500),
  );

  app.get("/style.css", (context) => context.body(STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
  app.get("/health", (context) => context.json({ status: "ok" }));
  app.get("/api/mails", (context) => context.json(store.all()));
  app.get("/", (context) => context.html(listPage(store.all())));
  app.get("/mails/:id", (context) => {
    const mail = store.find(context.req.param("id"));
    return mail ? context.html(mailPage(mail)) : notFound(context);
  });
  app.get("/mails/:id/html", (context) => {
    const mail = store.find(context.req.param("id"));
    if (!mail) return notFound(context);
    context.header("content-security-policy", FOREIGN_POLICY);
    return context.html(foreign(mail.html));
  });
  return app;
}
