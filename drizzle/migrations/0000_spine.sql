CREATE TABLE "blobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"authority" text NOT NULL,
	"owner" text NOT NULL,
	"size" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"authority" text NOT NULL,
	"reference" text NOT NULL,
	"service" text NOT NULL,
	"access_id" text NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"applicant_copy" "bytea" NOT NULL,
	"receipt" text NOT NULL,
	"filed_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"authority" text NOT NULL,
	"revision" integer NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"authority" text NOT NULL,
	"message_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"proof" text
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"authority" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"destination" text NOT NULL,
	"progress" jsonb NOT NULL,
	"attempts" integer NOT NULL,
	"last_error" text,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"leased_until" timestamp with time zone,
	"sealed" "bytea" NOT NULL,
	"delivery_wrap" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "blobs_owner" ON "blobs" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "blobs_expiry" ON "blobs" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_reference" ON "cases" USING btree ("reference");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_access" ON "cases" USING btree ("access_id");--> statement-breakpoint
CREATE INDEX "cases_expiry" ON "cases" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "drafts_expiry" ON "drafts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "events_case" ON "events" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "events_once" ON "events" USING btree ("message_id","kind");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("state","next_attempt_at");--> statement-breakpoint
CREATE INDEX "outbox_case" ON "outbox" USING btree ("case_id");