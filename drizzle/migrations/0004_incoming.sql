CREATE TABLE "letters" (
	"id" uuid NOT NULL,
	"authority" text NOT NULL,
	"case_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"sha256" text NOT NULL,
	"sealed" text,
	CONSTRAINT "letters_authority_id_pk" PRIMARY KEY("authority","id")
);
--> statement-breakpoint
CREATE TABLE "refusals" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"authority" text NOT NULL,
	"code" text NOT NULL,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	"times" integer DEFAULT 1 NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "events_once";--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "letter_key" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "statement" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "letters_case" ON "letters" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refusals_once" ON "refusals" USING btree ("authority","code","sha256");--> statement-breakpoint
CREATE INDEX "refusals_at" ON "refusals" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "events_once" ON "events" USING btree ("message_id","kind","statement");--> statement-breakpoint
-- Letters are for their applicants alone: staff have no right to them.
ALTER TABLE letters ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE refusals ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT ON refusals TO aufenthalt_staff;--> statement-breakpoint
CREATE POLICY staff_refusals ON refusals TO aufenthalt_staff USING (staff_sees(authority));
