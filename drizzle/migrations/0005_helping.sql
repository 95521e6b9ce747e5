CREATE TABLE "helped" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"authority" text NOT NULL,
	"helper" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"handed_over_at" timestamp with time zone,
	"case_id" uuid,
	"reference" text,
	"filed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "imported_families" (
	"authority" text NOT NULL,
	"key" text NOT NULL,
	"references" jsonb NOT NULL,
	"persons" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "imported_families_authority_key_pk" PRIMARY KEY("authority","key")
);
--> statement-breakpoint
CREATE TABLE "marks" (
	"token" text NOT NULL,
	"case_id" uuid NOT NULL,
	"authority" text NOT NULL,
	"kind" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "marks_token_case_id_pk" PRIMARY KEY("token","case_id")
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"id" text PRIMARY KEY NOT NULL,
	"authority" text NOT NULL,
	"sealed" "bytea",
	"claimed_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "helped_day" ON "helped" USING btree ("helper","started_at");--> statement-breakpoint
CREATE INDEX "helped_case" ON "helped" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "imported_families_at" ON "imported_families" USING btree ("at");--> statement-breakpoint
CREATE INDEX "marks_case" ON "marks" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "marks_expiry" ON "marks" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "tickets_expiry" ON "tickets" USING btree ("expires_at");--> statement-breakpoint
-- Tickets and marks are the service's own: staff have no right to them.
ALTER TABLE tickets ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE marks ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE helped ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE imported_families ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT ON helped, imported_families TO aufenthalt_staff;--> statement-breakpoint
GRANT INSERT ON helped TO aufenthalt_staff;--> statement-breakpoint
GRANT USAGE ON SEQUENCE helped_id_seq TO aufenthalt_staff;--> statement-breakpoint
CREATE POLICY staff_helped ON helped TO aufenthalt_staff USING (staff_sees(authority));--> statement-breakpoint
CREATE POLICY staff_imported ON imported_families TO aufenthalt_staff USING (staff_sees(authority));
