import {
  bigserial,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

/** Raw bytes; everything personal is stored in such columns only, sealed. */
const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

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
    /** Salted hash of the applicant's name and birth date: whoever knows both can check whose receipt it is. */
    holderCheck: bytes("holder_check"),
    filedAt: moment("filed_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    uniqueIndex("cases_reference").on(table.reference),
    uniqueIndex("cases_access").on(table.accessId),
    index("cases_expiry").on(table.expiresAt),
  ],
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
    attempts: integer("attempts").notNull(),
    lastError: text("last_error"),
    nextAttemptAt: moment("next_attempt_at").notNull(),
    /** A worker holds the row until then; a dead worker's row becomes free by itself. */
    leasedUntil: moment("leased_until"),
    /** Manifest sealed with a content key. */
    sealed: bytes("sealed").notNull(),
    /** The content key, wrapped for the delivery key; destroyed on acceptance (crypto-shredding). */
    deliveryWrap: text("delivery_wrap"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [index("outbox_due").on(table.state, table.nextAttemptAt), index("outbox_case").on(table.caseId)],
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
    /** Raw signed statement of the receiver (JWS), kept as proof. */
    proof: text("proof"),
  },
  (table) => [
    index("events_case").on(table.caseId),
    // A statement read twice counts once.
    uniqueIndex("events_once").on(table.messageId, table.kind),
  ],
);
