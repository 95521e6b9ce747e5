CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"authority" text NOT NULL,
	"inviter" text NOT NULL,
	"sealed" "bytea",
	"joined_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "invitations_inviter" ON "invitations" USING btree ("inviter");--> statement-breakpoint
CREATE INDEX "invitations_expiry" ON "invitations" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
