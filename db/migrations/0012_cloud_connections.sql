ALTER TABLE "environments" ADD COLUMN "connection" text;--> statement-breakpoint
ALTER TABLE "secrets" ADD COLUMN "serves_launches" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "secrets" ADD COLUMN "updated_by_id" uuid;--> statement-breakpoint
ALTER TABLE "secrets" ADD COLUMN "last_used_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "secrets" ADD COLUMN "last_used_for" text;