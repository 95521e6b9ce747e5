CREATE TABLE "documents" (
	"sha256" text PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"authority" text NOT NULL,
	"kind" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "completeness" text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "holder_check" "bytea";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "supplements" uuid;--> statement-breakpoint
CREATE INDEX "documents_case" ON "documents" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "documents_expiry" ON "documents" USING btree ("expires_at");