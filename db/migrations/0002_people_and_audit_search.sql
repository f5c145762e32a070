CREATE TABLE "ended_sessions" (
	"session_id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "audit_events_at";--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "search" "tsvector" DEFAULT ''::tsvector NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "oidc_subject" text;--> statement-breakpoint
CREATE INDEX "audit_events_space_action" ON "audit_events" USING btree ("space_id","action","seq");--> statement-breakpoint
CREATE INDEX "audit_events_object_name" ON "audit_events" USING btree (lower("object_name") text_pattern_ops,"seq");--> statement-breakpoint
CREATE INDEX "audit_events_request" ON "audit_events" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "audit_events_search" ON "audit_events" USING gin ("search");--> statement-breakpoint
CREATE UNIQUE INDEX "people_oidc_subject" ON "people" USING btree ("oidc_subject");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at","seq");