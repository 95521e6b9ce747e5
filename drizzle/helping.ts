import { bigserial, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytes, moment } from "./columns.ts";

/**
 * Tickets by which a helper hands an application over. `id` and the key of `sealed` derive from the ticket, which only helper and
 * applicant see; a ticket serves once and for ten minutes.
 */
export const tickets = pgTable(
  "tickets",
  {
    id: text("id").primaryKey(),
    authority: text("authority").notNull(),
    /** The access code that dies with the claim; from then on the new one, for the browser that claimed it alone. */
    sealed: bytes("sealed"),
    claimedAt: moment("claimed_at"),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("tickets_expiry").on(table.expiresAt)],
);

/** Applications that a helper began for somebody: enough for a list of the day, nothing about the person. */
export const helped = pgTable(
  "helped",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    authority: text("authority").notNull(),
    /** Subject of the login, hashed as in `audit`. */
    helper: text("helper").notNull(),
    startedAt: moment("started_at").notNull(),
    /** When it was handed over; null while it is with the helper. */
    handedOverAt: moment("handed_over_at"),
    caseId: uuid("case_id"),
    reference: text("reference"),
    filedAt: moment("filed_at"),
  },
  (table) => [index("helped_day").on(table.helper, table.startedAt), index("helped_case").on(table.caseId)],
);

/** Families that came in by a file; the same one in another file is told, not filed again. */
export const importedFamilies = pgTable(
  "imported_families",
  {
    authority: text("authority").notNull(),
    /** Keyed hash of what the file says of the family. */
    key: text("key").notNull(),
    references: jsonb("references").$type<string[]>().notNull(),
    persons: integer("persons").notNull(),
    at: moment("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.authority, table.key] }), index("imported_families_at").on(table.at)],
);

/** Keyed marks of papers and people (`flows/duplicates`): tell that somebody may have applied before, never who it is. */
export const marks = pgTable(
  "marks",
  {
    token: text("token").notNull(),
    caseId: uuid("case_id").notNull(),
    authority: text("authority").notNull(),
    kind: text("kind", { enum: ["document", "person"] }).notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.token, table.caseId] }),
    index("marks_case").on(table.caseId),
    index("marks_expiry").on(table.expiresAt),
  ],
);
