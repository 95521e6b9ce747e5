import { bigint, bigserial, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** What authorities wrote to applicants. Text, dates and documents are sealed for the case's key: only its holder reads them. */
export const letters = pgTable(
  "letters",
  {
    /** UUID that the authority gave its message. */
    id: uuid("id").notNull(),
    authority: text("authority").notNull(),
    caseId: uuid("case_id").notNull(),
    /** Our message that it is about. */
    messageId: uuid("message_id").notNull(),
    /** As in `events.kind`. */
    kind: text("kind").notNull(),
    receivedAt: moment("received_at").notNull(),
    /** SHA-256 of the message as it came, in hex: the same twice is taken once, another under its id is refused. */
    sha256: text("sha256").notNull(),
    /** JWE for `cases.letter_key`; null if the case has none. */
    sealed: text("sealed"),
  },
  (table) => [primaryKey({ columns: [table.authority, table.id] }), index("letters_case").on(table.caseId)],
);

/** Messages of authorities that were not taken: evidence without content; the file itself is kept where it came from. */
export const refusals = pgTable(
  "refusals",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    authority: text("authority").notNull(),
    /** Stable word why. */
    code: text("code").notNull(),
    /** Of the file, in hex; empty if it was too large to be read. */
    sha256: text("sha256").notNull(),
    /** In bytes, as its place of origin gave it. */
    size: bigint("size", { mode: "number" }).notNull(),
    /** How often the same came, and when it came last. */
    times: integer("times").notNull().default(1),
    at: moment("at").notNull(),
  },
  (table) => [
    uniqueIndex("refusals_once").on(table.authority, table.code, table.sha256),
    index("refusals_at").on(table.at),
  ],
);
