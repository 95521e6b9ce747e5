import { sql } from "drizzle-orm";
import { bigserial, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytes, moment } from "./columns.ts";

/** Unfinished applications. `id` and the key that wraps `wrappedKey` both derive from the access code. */
export const drafts = pgTable(
  "drafts",
  {
    id: text("id").primaryKey(),
    authority: text("authority").notNull(),
    /** Raised by every save; tells two tabs apart. */
    revision: integer("revision").notNull(),
    wrappedKey: bytes("wrapped_key").notNull(),
    sealed: bytes("sealed").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("drafts_expiry").on(table.expiresAt)],
);

/** Filed procedures of one person. The applicant's copy is sealed for the access code, never readable by the service. */
export const cases = pgTable(
  "cases",
  {
    id: uuid("id").primaryKey(),
    authority: text("authority").notNull(),
    reference: text("reference").notNull(),
    service: text("service").notNull(),
    /** Derived from the access code like a draft's id: finds the case for its holder, once per code. */
    accessId: text("access_id").notNull(),
    wrappedKey: bytes("wrapped_key").notNull(),
    applicantCopy: bytes("applicant_copy").notNull(),
    /** The signed receipt (JWS): reference, authority, time and hashes. */
    receipt: text("receipt").notNull(),
    /** Whether the application holds all that the service asks, or what the short path asks (domain 7). */
    completeness: text("completeness", { enum: ["full", "minimal"] })
      .notNull()
      .default("full"),
    /** Where to write when there is news (address and language), sealed for the worker; null if no address was given. */
    contact: text("contact"),
    /** Salted hash of the applicant's name and birth date: whoever knows both can check whose receipt it is. */
    holderCheck: bytes("holder_check"),
    /** Public key (JWK as JSON) for what the authority writes to the person; null for cases of before. */
    letterKey: text("letter_key"),
    filedAt: moment("filed_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    uniqueIndex("cases_reference").on(table.reference),
    uniqueIndex("cases_access").on(table.accessId),
    index("cases_expiry").on(table.expiresAt),
  ],
);

/**
 * Invitations to apply on a device of one's own, as part of a household. `id` and the key of `sealed` derive from the code of
 * the invitation, which only who made it and who got it know.
 */
export const invitations = pgTable(
  "invitations",
  {
    id: text("id").primaryKey(),
    authority: text("authority").notNull(),
    /** Derived from the access code that invited: counts its invitations, leads to no draft and no case. */
    inviter: text("inviter").notNull(),
    /** Household and address; emptied once the invitation was used. */
    sealed: bytes("sealed"),
    /** When somebody used it; it serves once. */
    joinedAt: moment("joined_at"),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("invitations_inviter").on(table.inviter), index("invitations_expiry").on(table.expiresAt)],
);

/** Sealed files in the blob store: who owns them and when they go. Names, hashes and keys are sealed with the owner. */
export const blobs = pgTable(
  "blobs",
  {
    id: uuid("id").primaryKey(),
    authority: text("authority").notNull(),
    /** Draft id or case id. */
    owner: text("owner").notNull(),
    size: integer("size").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("blobs_owner").on(table.owner), index("blobs_expiry").on(table.expiresAt)],
);

/** Documents that the service handed out, by their SHA-256 in hex: anybody may check a file without showing it. */
export const documents = pgTable(
  "documents",
  {
    sha256: text("sha256").primaryKey(),
    caseId: uuid("case_id").notNull(),
    authority: text("authority").notNull(),
    kind: text("kind", { enum: ["application"] }).notNull(),
    issuedAt: moment("issued_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("documents_case").on(table.caseId), index("documents_expiry").on(table.expiresAt)],
);

/** Outbound messages; the row is the truth, a queue job only says "look at this id" (architecture 7). */
export const outbox = pgTable(
  "outbox",
  {
    id: uuid("id").primaryKey(),
    caseId: uuid("case_id").notNull(),
    authority: text("authority").notNull(),
    kind: text("kind", {
      enum: ["application", "supplement", "correction", "answer", "withdrawal", "forward", "question"],
    }).notNull(),
    /** The message that this one adds to (architecture 7). */
    supplements: uuid("supplements"),
    state: text("state", { enum: ["waiting", "sending", "sent", "accepted", "rejected", "paused", "stuck"] }).notNull(),
    /** Groups rows for one receiver: transport and its address. */
    destination: text("destination").notNull(),
    /** What the transport remembers between attempts; nothing personal. */
    progress: jsonb("progress").$type<Record<string, unknown>>().notNull(),
    /** How far the transport got, in its own word; null before it began. */
    stage: text("stage"),
    /** Failed attempts since the message was queued last. */
    attempts: integer("attempts").notNull(),
    lastError: text("last_error"),
    /** When it was filed, or when somebody sent it again: limits count from here. */
    queuedAt: moment("queued_at").notNull().defaultNow(),
    /** From then on a delay can cost the person the effect of § 81 AufenthG; null if no title ends soon. */
    urgentFrom: moment("urgent_from"),
    nextAttemptAt: moment("next_attempt_at").notNull(),
    /** A worker holds the row until then; a dead worker's row becomes free by itself. */
    leasedUntil: moment("leased_until"),
    /** Manifest sealed with a content key. */
    sealed: bytes("sealed").notNull(),
    /** The content key, wrapped for the delivery key; destroyed on acceptance (crypto-shredding). */
    deliveryWrap: text("delivery_wrap"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    // Due rows of one destination: rows of a dead one, however many, are never looked at.
    index("outbox_due")
      .on(table.destination, table.nextAttemptAt)
      .where(sql`state in ('waiting', 'sending', 'sent')`),
    index("outbox_state").on(table.state, table.createdAt),
    index("outbox_case").on(table.caseId),
  ],
);

/** Receivers of messages: one that fails again and again, or that an operator paused, is left alone (circuit breaker). */
export const destinations = pgTable("destinations", {
  /** As in `outbox.destination`. */
  id: text("id").primaryKey(),
  authority: text("authority").notNull(),
  /** Failures in a row that speak of the receiver, not of one message. */
  failures: integer("failures").notNull().default(0),
  lastError: text("last_error"),
  /** The circuit is open since then; null while it is closed. */
  openedAt: moment("opened_at"),
  /** When one message may try again while the circuit is open. */
  probeAt: moment("probe_at"),
  /** An operator stopped deliveries. */
  pausedAt: moment("paused_at"),
});

/** Every attempt of a delivery, for the hotline: when, how far, which code. Nothing personal. */
export const attempts = pgTable(
  "attempts",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    messageId: uuid("message_id").notNull(),
    authority: text("authority").notNull(),
    at: moment("at").notNull(),
    /** Milliseconds that it took. */
    tookMs: integer("took_ms").notNull(),
    stage: text("stage"),
    /** Error code; null if it went through. */
    code: text("code"),
  },
  (table) => [index("attempts_message").on(table.messageId), index("attempts_at").on(table.at)],
);

/** What the watchdog found and somebody should look at; one open row for each finding about a thing. */
export const alerts = pgTable(
  "alerts",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    /** Stable word; the page and the mail have the sentence. */
    kind: text("kind").notNull(),
    /** Message id, destination, or name of a key. */
    subject: text("subject").notNull(),
    /** Whose; null for the operator's own. */
    authority: text("authority"),
    codes: jsonb("codes").$type<string[]>().notNull().default([]),
    raisedAt: moment("raised_at").notNull(),
    clearedAt: moment("cleared_at"),
  },
  (table) => [
    uniqueIndex("alerts_open")
      .on(table.kind, table.subject)
      .where(sql`cleared_at is null`),
    index("alerts_raised").on(table.raisedAt),
  ],
);

/** Mails to send: who is meant and why, never the text nor an address of a person. Queued with what they tell. */
export const mails = pgTable(
  "mails",
  {
    id: uuid("id").primaryKey(),
    /** Why it is sent; chooses the text. */
    purpose: text("purpose").notNull(),
    audience: text("audience", { enum: ["operator", "authority", "applicant"] }).notNull(),
    authority: text("authority"),
    caseId: uuid("case_id"),
    messageId: uuid("message_id"),
    /** Figures and codes for the text; nothing personal. */
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    /** The same news is told once to the same audience. */
    onceKey: text("once_key").notNull(),
    state: text("state", { enum: ["waiting", "sent", "failed", "unwanted"] }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    lastError: text("last_error"),
    nextAttemptAt: moment("next_attempt_at").notNull(),
    createdAt: moment("created_at").notNull(),
    sentAt: moment("sent_at"),
  },
  (table) => [
    uniqueIndex("mails_once").on(table.onceKey),
    index("mails_due")
      .on(table.nextAttemptAt)
      .where(sql`state = 'waiting'`),
    index("mails_case").on(table.caseId),
  ],
);

/** Processes that deliver, and when each was last seen at work. */
export const workers = pgTable("workers", {
  id: uuid("id").primaryKey(),
  startedAt: moment("started_at").notNull(),
  seenAt: moment("seen_at").notNull(),
});

/** What staff did; append-only, kept for `retention.auditMonths`. */
export const audit = pgTable(
  "audit",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    at: moment("at").notNull(),
    /** Subject of the login, hashed with the index key: tells people apart without naming them. */
    actor: text("actor").notNull(),
    role: text("role").notNull(),
    authority: text("authority"),
    action: text("action").notNull(),
    subject: text("subject"),
  },
  (table) => [index("audit_at").on(table.at)],
);

/** What happened to a case; append-only, status is folded from it. Nothing personal in `data`. */
export const events = pgTable(
  "events",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    caseId: uuid("case_id").notNull(),
    authority: text("authority").notNull(),
    messageId: uuid("message_id").notNull(),
    kind: text("kind").notNull(),
    at: moment("at").notNull(),
    data: jsonb("data").$type<{ codes?: string[] }>().notNull(),
    /** The authority's message that says it, or is answered; empty where the same cannot happen twice to a message. */
    statement: text("statement").notNull().default(""),
    /** Raw signed statement of the receiver (JWS), kept as proof. */
    proof: text("proof"),
  },
  (table) => [
    index("events_case").on(table.caseId),
    // A statement read twice counts once.
    uniqueIndex("events_once").on(table.messageId, table.kind, table.statement),
  ],
);
