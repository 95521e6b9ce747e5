import { randomUUID } from "node:crypto";
import { sql, type SQL } from "drizzle-orm";

/** What staff may do in a table. */
export type Grants = {
  /** Columns that staff may read; the others are refused. */
  reads: readonly string[];
  updates?: readonly string[];
  inserts?: true;
  /** A row of an authority. */
  row: (authority: string) => SQL;
  /** A change that staff may make, with the way to see whether it was made. */
  change?: { set: SQL; isMade: SQL };
};

const columns = (names: string) => names.split(" ");
const at = sql`now()`;
const bytes = sql`'\\x00'::bytea`;
const id = () => sql`${randomUUID()}`;

/** What staff may do in every table; a new table without an entry fails. */
export const TABLES: Readonly<Record<string, Grants>> = {
  drafts: {
    reads: [],
    row: (authority) =>
      sql`insert into drafts (id, authority, revision, wrapped_key, sealed, expires_at)
          values (${id()}, ${authority}, 1, ${bytes}, ${bytes}, ${at})`,
  },
  invitations: {
    reads: [],
    row: (authority) =>
      sql`insert into invitations (id, authority, inviter, expires_at) values (${id()}, ${authority}, 'i', ${at})`,
  },
  blobs: {
    reads: [],
    row: (authority) =>
      sql`insert into blobs (id, authority, owner, size, expires_at) values (${id()}, ${authority}, 'o', 1, ${at})`,
  },
  documents: {
    reads: [],
    row: (authority) =>
      sql`insert into documents (sha256, case_id, authority, kind, issued_at, expires_at)
          values (${id()}, ${id()}, ${authority}, 'application', ${at}, ${at})`,
  },
  cases: {
    reads: ["id", "authority", "reference", "service", "completeness", "filed_at", "expires_at"],
    row: (authority) =>
      sql`insert into cases (id, authority, reference, service, access_id, wrapped_key, applicant_copy, receipt, filed_at,
          expires_at) values (${id()}, ${authority}, ${id()}, 'W-18g', ${id()}, ${bytes}, ${bytes}, 'r', ${at}, ${at})`,
  },
  outbox: {
    reads: columns(
      "id case_id authority kind supplements state destination stage attempts last_error queued_at urgent_from next_attempt_at leased_until created_at",
    ),
    updates: columns("state attempts last_error queued_at next_attempt_at leased_until progress stage"),
    row: (authority) =>
      sql`insert into outbox (id, case_id, authority, kind, state, destination, progress, attempts, next_attempt_at,
          sealed, created_at) values (${id()}, ${id()}, ${authority}, 'application', 'stuck', ${`test:${authority}`}, '{}',
          3, ${at}, ${bytes}, ${at})`,
    change: { set: sql`state = 'waiting', progress = '{}'`, isMade: sql`state = 'waiting'` },
  },
  destinations: {
    reads: ["id", "authority", "failures", "last_error", "opened_at", "probe_at", "paused_at"],
    updates: ["failures", "last_error", "opened_at", "probe_at", "paused_at"],
    inserts: true,
    row: (authority) => sql`insert into destinations (id, authority) values (${id()}, ${authority})`,
    change: { set: sql`paused_at = now()`, isMade: sql`paused_at is not null` },
  },
  attempts: {
    reads: ["id", "message_id", "authority", "at", "took_ms", "stage", "code"],
    row: (authority) =>
      sql`insert into attempts (message_id, authority, at, took_ms) values (${id()}, ${authority}, ${at}, 5)`,
  },
  alerts: {
    reads: ["id", "kind", "subject", "authority", "codes", "raised_at", "cleared_at"],
    row: (authority) =>
      sql`insert into alerts (kind, subject, authority, raised_at) values ('stuck', ${id()}, ${authority}, ${at})`,
  },
  mails: {
    reads: columns(
      "id purpose audience authority case_id message_id data state attempts last_error next_attempt_at created_at sent_at",
    ),
    row: (authority) =>
      sql`insert into mails (id, purpose, audience, authority, once_key, state, next_attempt_at, created_at)
          values (${id()}, 'digest', 'authority', ${authority}, ${id()}, 'waiting', ${at}, ${at})`,
  },
  // Processes belong to no authority; everybody on the pages of deliveries sees whether one runs.
  workers: {
    reads: ["id", "started_at", "seen_at"],
    row: () => sql`insert into workers (id, started_at, seen_at) values (${id()}, ${at}, ${at})`,
  },
  audit: {
    reads: ["id", "at", "actor", "role", "authority", "action", "subject"],
    inserts: true,
    row: (authority) =>
      sql`insert into audit (at, actor, role, authority, action) values (${at}, 'a', 'clerk', ${authority}, 'test')`,
  },
  events: {
    reads: ["id", "case_id", "authority", "message_id", "kind", "at", "data"],
    row: (authority) =>
      sql`insert into events (case_id, authority, message_id, kind, at, data, proof)
          values (${id()}, ${authority}, ${id()}, 'filed', ${at}, '{}', 'jws')`,
  },
  letters: {
    reads: [],
    row: (authority) =>
      sql`insert into letters (id, authority, case_id, message_id, kind, received_at, sha256, sealed)
          values (${id()}, ${authority}, ${id()}, ${id()}, 'question', ${at}, 'h', 'jwe')`,
  },
  refusals: {
    reads: columns("id authority code sha256 size times at"),
    row: (authority) =>
      sql`insert into refusals (authority, code, sha256, size, at) values (${authority}, 'invalid', ${id()}, 5, ${at})`,
  },
  tickets: {
    reads: [],
    row: (authority) =>
      sql`insert into tickets (id, authority, sealed, expires_at) values (${id()}, ${authority}, ${bytes}, ${at})`,
  },
  marks: {
    reads: [],
    row: (authority) =>
      sql`insert into marks (token, case_id, authority, kind, expires_at)
          values (${id()}, ${id()}, ${authority}, 'person', ${at})`,
  },
  helped: {
    reads: columns("id authority helper started_at handed_over_at case_id reference filed_at"),
    inserts: true,
    row: (authority) => sql`insert into helped (authority, helper, started_at) values (${authority}, 'h', ${at})`,
  },
  imported_families: {
    reads: columns("authority key references persons at"),
    row: (authority) =>
      sql`insert into imported_families (authority, key, "references", persons, at)
          values (${authority}, ${id()}, '[]', 3, ${at})`,
  },
};
