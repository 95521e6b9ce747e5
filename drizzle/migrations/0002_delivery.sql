CREATE TABLE "alerts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"authority" text,
	"codes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"cleared_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"message_id" uuid NOT NULL,
	"authority" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"took_ms" integer NOT NULL,
	"stage" text,
	"code" text
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"role" text NOT NULL,
	"authority" text,
	"action" text NOT NULL,
	"subject" text
);
--> statement-breakpoint
CREATE TABLE "destinations" (
	"id" text PRIMARY KEY NOT NULL,
	"authority" text NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"opened_at" timestamp with time zone,
	"probe_at" timestamp with time zone,
	"paused_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"audience" text NOT NULL,
	"authority" text,
	"case_id" uuid,
	"message_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"once_key" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "outbox_due";--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "contact" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "stage" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "queued_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "urgent_from" timestamp with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_open" ON "alerts" USING btree ("kind","subject") WHERE cleared_at is null;--> statement-breakpoint
CREATE INDEX "alerts_raised" ON "alerts" USING btree ("raised_at");--> statement-breakpoint
CREATE INDEX "attempts_message" ON "attempts" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "attempts_at" ON "attempts" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "mails_once" ON "mails" USING btree ("once_key");--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("next_attempt_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "mails_case" ON "mails" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "outbox_state" ON "outbox" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("destination","next_attempt_at") WHERE state in ('waiting', 'sending', 'sent');--> statement-breakpoint
DO $$ BEGIN
	-- Without the right to create roles somebody who has it does so first (docs/operation.md); roles belong to the whole server.
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'aufenthalt_staff') THEN
		CREATE ROLE aufenthalt_staff NOLOGIN;
	END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;--> statement-breakpoint
DO $$ BEGIN
	-- Tried, not asked: since PostgreSQL 16 whoever makes a role is its member and yet may not act in it.
	SET LOCAL ROLE aufenthalt_staff;
	RESET ROLE;
EXCEPTION WHEN insufficient_privilege THEN
	EXECUTE format('GRANT aufenthalt_staff TO %I', current_user);
END $$;--> statement-breakpoint
-- Staff see rows of their authorities only; '*' are all. Not set is nobody's.
CREATE FUNCTION staff_sees(authority text) RETURNS boolean LANGUAGE sql STABLE AS $$
	SELECT coalesce(current_setting('app.authorities', true) = '*'
		OR authority = ANY (string_to_array(current_setting('app.authorities', true), ',')), false)
$$;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO aufenthalt_staff;--> statement-breakpoint
-- No sealed column, no key, no derived id of a person: staff never need them.
GRANT SELECT (id, authority, reference, service, completeness, filed_at, expires_at) ON cases TO aufenthalt_staff;--> statement-breakpoint
GRANT SELECT (id, case_id, authority, kind, supplements, state, destination, stage, attempts, last_error, queued_at, urgent_from, next_attempt_at, leased_until, created_at), UPDATE (state, attempts, last_error, queued_at, next_attempt_at, leased_until, progress, stage) ON outbox TO aufenthalt_staff;--> statement-breakpoint
GRANT SELECT (id, case_id, authority, message_id, kind, at, data) ON events TO aufenthalt_staff;--> statement-breakpoint
GRANT SELECT, UPDATE (failures, last_error, opened_at, probe_at, paused_at), INSERT ON destinations TO aufenthalt_staff;--> statement-breakpoint
GRANT SELECT ON attempts, alerts, workers TO aufenthalt_staff;--> statement-breakpoint
GRANT SELECT (id, purpose, audience, authority, case_id, message_id, data, state, attempts, last_error, next_attempt_at, created_at, sent_at) ON mails TO aufenthalt_staff;--> statement-breakpoint
GRANT SELECT, INSERT ON audit TO aufenthalt_staff;--> statement-breakpoint
GRANT USAGE ON SEQUENCE audit_id_seq TO aufenthalt_staff;--> statement-breakpoint
ALTER TABLE drafts ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE blobs ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE cases ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE events ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE destinations ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE attempts ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE alerts ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE mails ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY staff_cases ON cases TO aufenthalt_staff USING (staff_sees(authority)) WITH CHECK (staff_sees(authority));--> statement-breakpoint
CREATE POLICY staff_outbox ON outbox TO aufenthalt_staff USING (staff_sees(authority)) WITH CHECK (staff_sees(authority));--> statement-breakpoint
CREATE POLICY staff_events ON events TO aufenthalt_staff USING (staff_sees(authority)) WITH CHECK (staff_sees(authority));--> statement-breakpoint
CREATE POLICY staff_destinations ON destinations TO aufenthalt_staff USING (staff_sees(authority)) WITH CHECK (staff_sees(authority));--> statement-breakpoint
CREATE POLICY staff_attempts ON attempts TO aufenthalt_staff USING (staff_sees(authority));--> statement-breakpoint
CREATE POLICY staff_alerts ON alerts TO aufenthalt_staff USING (staff_sees(authority));--> statement-breakpoint
CREATE POLICY staff_mails ON mails TO aufenthalt_staff USING (staff_sees(authority));--> statement-breakpoint
CREATE POLICY staff_audit_read ON audit FOR SELECT TO aufenthalt_staff USING (staff_sees(authority));--> statement-breakpoint
CREATE POLICY staff_audit_write ON audit FOR INSERT TO aufenthalt_staff WITH CHECK (staff_sees(authority));
