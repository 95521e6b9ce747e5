import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { answerKinds } from "./answers.ts";
import { isLoopback } from "../common/settings.ts";
import type { Mailbox } from "./config.ts";
import type { Desk } from "./desk.ts";
import { detailPage, inboxPage, messagePage } from "./pages.ts";
import type { MessageRecord } from "./record.ts";
import { parseXml } from "./schemas.ts";
import type { Store } from "./store.ts";
import { STYLE } from "../common/style.ts";
import { answerWords } from "./words.ts";
import { readParts, type Part } from "./xml.ts";

const MAX_FORM_BYTES = 16 * 1024;
const DAY_MS = 86_400_000;
/** Days until an answer is due or an appointment is. */
const DAYS = 14;

const SECURITY_HEADERS = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

const wish = z.object({ kind: z.enum(answerKinds), text: z.string().max(2_000).default("") });

type Dependencies = { store: Store; desk: Desk; mailboxes: readonly Mailbox[]; now: () => Date };

const hostOf = (context: Context) => context.req.header("host") ?? "";

/** Only names of this computer: a foreign name that resolves to loopback (DNS rebinding) must not read the inbox. */
function isOwnHost(host: string): boolean {
  return URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname);
}

/** A form of this page, or a program on this computer; a browser names the origin and asks before it sends foreign JSON. */
function isOwn(context: Context): boolean {
  const { origin, "sec-fetch-site": site, "content-type": type = "" } = context.req.header();
  if (origin !== undefined) return origin === `http://${hostOf(context)}`;
  return site === "same-origin" || (site === undefined && type.startsWith("application/json"));
}

const saved = (name: string, type: string) => ({
  "content-type": type,
  "content-disposition": `attachment; filename="${name.replace(/[^A-Za-z0-9.-]/g, "_")}"`,
  "content-security-policy": "default-src 'none'; sandbox",
});

async function partsOf(store: Store, record: MessageRecord): Promise<Part[]> {
  const data = record.files.find(({ purpose }) => purpose === "data");
  if (!record.head || !data) return [];
  const document = parseXml(await store.readFile(record, data.name));
  if (!document) return [];
  try {
    return readParts(document);
  } finally {
    document.dispose();
  }
}

const notFound = (context: Context) =>
  context.html(messagePage("Nicht gefunden", "Diese Seite oder Nachricht gibt es hier nicht."), 404);

/** Pages for clerks and the JSON that checks read. */
export function createApp({ store, desk, mailboxes, now }: Dependencies): Hono {
  const app = new Hono();
  const nameOf = (mailbox: string) => mailboxes.find((known) => known.mailbox === mailbox)?.name ?? mailbox;
  const found = (context: Context) => store.find(context.req.param("messageId") ?? "");

  app.use(async (context, next) => {
    if (!isOwnHost(hostOf(context))) return context.text("Unbekannter Name dieses Rechners", 403);
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!context.res.headers.has(name)) context.header(name, value);
    }
  });
  app.use(async (context, next) => {
    if (context.req.method !== "POST" || isOwn(context)) return next();
    return context.html(messagePage("Nicht erlaubt", "Das Formular kam nicht von dieser Seite."), 403);
  });
  app.use(bodyLimit({ maxSize: MAX_FORM_BYTES }));
  app.notFound(notFound);
  app.onError((_error, context) =>
    context.html(messagePage("Fehler", "Im Simulator ist ein Fehler aufgetreten. Die Daten sind gespeichert."), 500),
  );

  app.get("/style.css", (context) => context.body(STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
  app.get("/health", (context) => context.json({ status: "ok" }));
  app.get("/statistics", (context) => context.json(store.statistics()));
  app.get("/", (context) => context.html(inboxPage(store.all(), store.statistics(), nameOf)));

  app.get("/api/applications", (context) =>
    context.json(
      store
        .all()
        .filter(({ problem }) => problem === undefined)
        .map(({ messageId, reference, state, kind, mailbox, follows }) => ({
          messageId,
          reference,
          state,
          kind,
          mailbox,
          caseId: follows ?? messageId,
          ...(follows === undefined ? {} : { supplements: follows }),
        })),
    ),
  );
  app.get("/api/applications/:messageId", async (context) => {
    const record = found(context);
    const data = record?.files.find(({ purpose }) => purpose === "data");
    if (!record || !data) return context.json({ error: "unknown message" }, 404);
    const bytes = await store.readFile(record, data.name);
    return context.body(new Uint8Array(bytes), 200, { "content-type": record.mimeType });
  });

  app.get("/messages/:messageId", async (context) => {
    const record = found(context);
    return record ? context.html(detailPage(record, await partsOf(store, record), nameOf)) : notFound(context);
  });
  app.get("/messages/:messageId/files/:name", async (context) => {
    const record = found(context);
    const file = record?.files.find(({ name }) => name === context.req.param("name"));
    if (!record || !file) return notFound(context);
    const bytes = await store.readFile(record, file.name);
    return context.body(new Uint8Array(bytes), 200, saved(file.name, file.mimeType));
  });
  app.get("/messages/:messageId/answers/:id", async (context) => {
    const record = found(context);
    const answer = record?.answers.find(({ id }) => id === context.req.param("id"));
    if (!record || !answer) return notFound(context);
    const bytes = await store.readAnswer(record, answer.id);
    return context.body(new Uint8Array(bytes), 200, saved(`${answer.id}.xml`, "application/xml"));
  });

  app.post("/messages/:messageId/:verdict{accept|reject}", async (context) => {
    const record = found(context);
    if (!record) return notFound(context);
    if (record.state !== "open") {
      return context.html(messagePage("Schon entschieden", "Über diese Nachricht wurde schon entschieden."), 409);
    }
    await (context.req.param("verdict") === "accept" ? desk.accept(record) : desk.reject(record, ["technical-error"]));
    return context.redirect(`/messages/${record.messageId}`, 303);
  });
  app.post("/messages/:messageId/answer", async (context) => {
    const record = found(context);
    if (!record?.head) return notFound(context);
    const isJson = context.req.header("content-type")?.startsWith("application/json");
    const body: unknown = isJson ? await context.req.json().catch(() => undefined) : await context.req.parseBody();
    const parsed = wish.safeParse(body);
    if (!parsed.success) return context.html(messagePage("Nicht verstanden", "So etwas kann niemand schreiben."), 422);
    const { kind, text } = parsed.data;
    const date = new Date(now().getTime() + DAYS * DAY_MS).toISOString().slice(0, 10);
    await desk.answer(record, kind, { text: text.trim() || answerWords[kind].text, date });
    return context.redirect(`/messages/${record.messageId}`, 303);
  });
  return app;
}
