import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isLoopback } from "../common/settings.ts";
import type { Destination } from "./config.ts";
import type { Decisions } from "./decisions.ts";
import { detailPage } from "./pages/detail.ts";
import { downloadHeaders } from "./pages/download.ts";
import { inboxPage } from "./pages/inbox.ts";
import { messagePage } from "./pages/layout.ts";
import { STYLE } from "../common/style.ts";
import { problem } from "./problems.ts";
import type { SubmissionRecord } from "./record.ts";
import type { Schemas } from "./schemas.ts";
import type { Store } from "./store.ts";

const MAX_FORM_BYTES = 16 * 1024;
const REASON_LENGTH = { min: 3, max: 500 };

type Dependencies = {
  store: Store;
  schemas: Schemas;
  decisions: Pick<Decisions, "decide">;
  destinations: readonly Destination[];
  registered: () => string[];
  wake: () => void;
  now: () => Date;
};

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

function hostOf(context: Context): string {
  return context.req.header("host") ?? "";
}

/** Only names of this computer: a foreign name that resolves to loopback (DNS rebinding) must not read the inbox. */
function isOwnHost(host: string): boolean {
  return URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname);
}

function isOwnOrigin(context: Context): boolean {
  const origin = context.req.header("origin");
  return origin === undefined
    ? context.req.header("sec-fetch-site") === "same-origin"
    : origin === `http://${hostOf(context)}`;
}

/** A program on this computer; a browser names the origin of a POST, and asks before it sends JSON to a foreign one. */
function isProgram(context: Context): boolean {
  const { origin, "sec-fetch-site": site, "content-type": type = "" } = context.req.header();
  return origin === undefined && site === undefined && type.startsWith("application/json");
}

function notFound(context: Context) {
  return context.html(messagePage("Nicht gefunden", "Diese Seite oder diesen Antrag gibt es hier nicht."), 404);
}

/** Pages for clerks and the JSON that checks read. */
export function createApp(dependencies: Dependencies): Hono {
  const { store, schemas, decisions, destinations, registered, wake, now } = dependencies;
  const app = new Hono();
  const authorityName = (id: string) => destinations.find((destination) => destination.id === id)?.name ?? id;

  async function showDetail(context: Context, record: SubmissionRecord, status: 200 | 422, error?: string) {
    const payload = await store.readPayload(record.submissionId);
    const schema = record.application && (await schemas.find(record.application.schemaUri));
    const authority = authorityName(record.destinationId);
    const repetitions = store.all().filter(({ duplicateOf }) => duplicateOf === record.submissionId);
    const supplemented = payload.supplements === undefined ? undefined : store.findMessage(payload.supplements);
    const supplements = store.supplementsOf(payload.messageId);
    const household = record.application ? store.householdOf(record.application) : [];
    const related = { supplemented, supplements, household, repetitions };
    const page = detailPage({ record, payload, schema: schema?.document, authority, ...related, now: now(), error });
    return context.html(page, status);
  }

  app.use(async (context, next) => {
    if (!isOwnHost(hostOf(context))) return context.text("Unbekannter Name dieses Rechners", 403);
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!context.res.headers.has(name)) context.header(name, value);
    }
  });
  app.use(async (context, next) => {
    if (context.req.method !== "POST" || isOwnOrigin(context) || isProgram(context)) return next();
    return context.html(messagePage("Nicht erlaubt", "Das Formular kam nicht von dieser Seite."), 403);
  });
  app.use(bodyLimit({ maxSize: MAX_FORM_BYTES }));
  app.notFound(notFound);
  app.onError((_error, context) =>
    context.html(messagePage("Fehler", "Im Simulator ist ein Fehler aufgetreten. Die Daten sind gespeichert."), 500),
  );

  app.get("/style.css", (context) => {
    context.header("cache-control", "max-age=300");
    return context.body(STYLE, 200, { "content-type": "text/css; charset=utf-8" });
  });
  app.get("/health", (context) => context.json({ status: "ok", destinations: registered() }));
  app.get("/statistics", (context) => context.json(store.statistics()));

  app.get("/", (context) => {
    const page = Number(context.req.query("seite") ?? 1);
    const records = store.all();
    const statistics = store.statistics();
    return context.html(inboxPage({ records, statistics, page, authorityName, now: now() }));
  });

  app.get("/api/applications", (context) => {
    const list = store.all().flatMap(({ submissionId, caseId, state, application, duplicateOf }) => {
      if (!application || duplicateOf) return [];
      const { messageId, reference, kind, supplements } = application;
      const isHolder = store.findMessage(messageId)?.submissionId === submissionId;
      return isHolder ? [{ messageId, reference, state, kind, caseId, ...(supplements ? { supplements } : {}) }] : [];
    });
    return context.json(list);
  });

  app.get("/api/applications/:messageId", async (context) => {
    const record = store.findMessage(context.req.param("messageId"));
    if (!record) return context.json({ error: "unknown message" }, 404);
    const data = await store.readData(record);
    return context.body(new Uint8Array(data), 200, {
      "content-type": record.application?.mimeType ?? "application/json",
    });
  });

  app.get("/applications/:messageId", (context) => {
    const record = store.findMessage(context.req.param("messageId"));
    return record ? showDetail(context, record, 200) : notFound(context);
  });

  app.get("/applications/:messageId/attachments/:attachmentId", async (context) => {
    const record = store.findMessage(context.req.param("messageId"));
    const id = context.req.param("attachmentId");
    const attachment = record?.application?.attachments.find(({ attachmentId }) => attachmentId === id);
    if (!record || !attachment) return notFound(context);
    const bytes = await store.readAttachment(record.submissionId, attachment.attachmentId);
    return context.body(new Uint8Array(bytes), 200, downloadHeaders(attachment));
  });

  app.post("/applications/:messageId/:verdict{accept|reject}", async (context) => {
    const record = store.findMessage(context.req.param("messageId"));
    if (!record) return notFound(context);
    const form = await context.req.parseBody();
    const reason = typeof form.reason === "string" ? form.reason.trim() : "";
    const isAccept = context.req.param("verdict") === "accept";
    if (!isAccept && (reason.length < REASON_LENGTH.min || reason.length > REASON_LENGTH.max)) {
      return showDetail(context, record, 422, "Geben Sie einen Grund mit 3 bis 500 Zeichen ein.");
    }
    const wish = isAccept
      ? { kind: "accept" as const }
      : { kind: "reject" as const, problems: [problem("technical-error", "other", reason)] };
    if (!(await decisions.decide(record.submissionId, wish, "clerk"))) {
      return context.html(messagePage("Schon entschieden", "Über diesen Antrag wurde schon entschieden."), 409);
    }
    wake();
    return context.redirect(`/applications/${record.application?.messageId ?? ""}`, 303);
  });

  return app;
}
