CREATE TABLE "approval_requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"space_id" uuid NOT NULL,
	"environment_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"action" text NOT NULL,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"plan_hash" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"state_reason" text DEFAULT '' NOT NULL,
	"reason" text NOT NULL,
	"required_approvals" integer NOT NULL,
	"requested_by" jsonb NOT NULL,
	"barred_ids" text[] NOT NULL,
	"superseded_by_id" uuid,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "approval_votes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"request_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"voter" jsonb NOT NULL,
	"vote" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"plan_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_checkpoints" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"key_id" text NOT NULL,
	"signature" text NOT NULL,
	"note" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"actor" jsonb NOT NULL,
	"via" text NOT NULL,
	"space_id" uuid,
	"request_id" text NOT NULL,
	"action" text NOT NULL,
	"object_type" text NOT NULL,
	"object_id" text NOT NULL,
	"object_name" text NOT NULL,
	"outcome" text NOT NULL,
	"data" jsonb NOT NULL,
	"record" text NOT NULL,
	"hash" text NOT NULL,
	"previous_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "blueprint_revisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"blueprint_name" text NOT NULL,
	"digest" text NOT NULL,
	"source" text NOT NULL,
	"files" jsonb NOT NULL,
	"document" jsonb NOT NULL,
	"state" text NOT NULL,
	"author" jsonb NOT NULL,
	"reviewer" jsonb,
	"review_note" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"reviewed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "catalog_entries" (
	"space_id" uuid NOT NULL,
	"blueprint_name" text NOT NULL,
	"revision_id" uuid NOT NULL,
	"published_by" jsonb NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "catalog_entries_space_id_blueprint_name_pk" PRIMARY KEY("space_id","blueprint_name")
);
--> statement-breakpoint
CREATE TABLE "catalog_stars" (
	"person_id" uuid NOT NULL,
	"space_id" uuid NOT NULL,
	"blueprint_name" text NOT NULL,
	CONSTRAINT "catalog_stars_person_id_space_id_blueprint_name_pk" PRIMARY KEY("person_id","space_id","blueprint_name")
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"space_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"blueprint_name" text,
	"revision_id" uuid,
	"name" text DEFAULT '' NOT NULL,
	"inputs" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"sealed_inputs" text,
	"duration_minutes" integer,
	"prompt" text DEFAULT '' NOT NULL,
	"evidence" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"questions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"attempts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"environment_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "environment_transitions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"environment_id" uuid NOT NULL,
	"space_id" uuid NOT NULL,
	"event" text NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"hourly_cost" numeric,
	"actor" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "environments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" bigserial NOT NULL,
	"space_id" uuid NOT NULL,
	"name" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"requested_by" jsonb NOT NULL,
	"via" text NOT NULL,
	"state" text NOT NULL,
	"state_since" timestamp (3) with time zone NOT NULL,
	"state_reason" text DEFAULT '' NOT NULL,
	"blueprint_name" text NOT NULL,
	"revision_id" uuid NOT NULL,
	"agent" text NOT NULL,
	"simulated" boolean NOT NULL,
	"inputs" jsonb NOT NULL,
	"sealed_inputs" text,
	"evidence" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"prompt" text DEFAULT '' NOT NULL,
	"outputs" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"sealed_outputs" text,
	"duration_minutes" integer,
	"ends_at" timestamp (3) with time zone,
	"decision_id" uuid,
	"plan_hash" text,
	"plan" jsonb,
	"estimate" jsonb,
	"monthly_estimate" numeric,
	"hourly_cost" numeric,
	"leftovers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"drift_state" text DEFAULT 'unknown' NOT NULL,
	"drift_checked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"active_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "resources" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"environment_id" uuid NOT NULL,
	"grain" text NOT NULL,
	"address" text NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"cloud_id" text,
	"region" text,
	"state" text NOT NULL,
	"simulated" boolean NOT NULL,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"drift" jsonb,
	"attempt" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "simulated_resources" (
	"id" text PRIMARY KEY NOT NULL,
	"environment_id" uuid NOT NULL,
	"grain" text NOT NULL,
	"address" text NOT NULL,
	"type" text NOT NULL,
	"attributes" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"space_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "memberships_person_id_space_id_role_pk" PRIMARY KEY("person_id","space_id","role")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text DEFAULT 'person' NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"groups" text[] DEFAULT '{}' NOT NULL,
	"account_admin" boolean DEFAULT false NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"on_behalf_of_id" uuid,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"session_version" integer DEFAULT 1 NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"last_sign_in_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"key" text NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "sign_in_attempts_key_window_start_pk" PRIMARY KEY("key","window_start")
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"space_id" uuid NOT NULL,
	"environment_id" uuid,
	"draft_id" uuid,
	"action" text NOT NULL,
	"word" text NOT NULL,
	"sentence" text NOT NULL,
	"required_approvals" integer DEFAULT 0 NOT NULL,
	"verdicts" jsonb NOT NULL,
	"inputs" jsonb NOT NULL,
	"policies" jsonb NOT NULL,
	"plan_hash" text,
	"engine" text NOT NULL,
	"timing" jsonb NOT NULL,
	"actor" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy_setting_versions" (
	"space_id" uuid NOT NULL,
	"policy_name" text NOT NULL,
	"version" integer NOT NULL,
	"enabled" boolean NOT NULL,
	"data" jsonb NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"updated_by" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "policy_setting_versions_space_id_policy_name_version_pk" PRIMARY KEY("space_id","policy_name","version")
);
--> statement-breakpoint
CREATE TABLE "policy_settings" (
	"space_id" uuid NOT NULL,
	"policy_name" text NOT NULL,
	"enabled" boolean NOT NULL,
	"data" jsonb NOT NULL,
	"version" integer NOT NULL,
	"updated_by" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "policy_settings_space_id_policy_name_pk" PRIMARY KEY("space_id","policy_name")
);
--> statement-breakpoint
CREATE TABLE "policy_sources" (
	"digest" text PRIMARY KEY NOT NULL,
	"policy_name" text NOT NULL,
	"package_name" text NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"key" text,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text DEFAULT 'ready' NOT NULL,
	"run_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"max_attempts" integer DEFAULT 5 NOT NULL,
	"locked_by" text,
	"lease_until" timestamp (3) with time zone,
	"token" uuid,
	"last_error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "log_lines" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"environment_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"step_id" uuid,
	"level" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_steps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"run_id" uuid NOT NULL,
	"environment_id" uuid NOT NULL,
	"grain" text NOT NULL,
	"verb" text NOT NULL,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"attempt" integer NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"error" text,
	"progress" jsonb,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"environment_id" uuid NOT NULL,
	"space_id" uuid NOT NULL,
	"blueprint_name" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"attempt" integer NOT NULL,
	"job_id" bigint,
	"started_by" jsonb NOT NULL,
	"error" text,
	"cancel_requested_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"heartbeat_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "schedule_slots" (
	"name" text NOT NULL,
	"slot" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "schedule_slots_name_slot_pk" PRIMARY KEY("name","slot")
);
--> statement-breakpoint
CREATE TABLE "terraform_locks" (
	"environment_id" uuid NOT NULL,
	"grain" text NOT NULL,
	"lock_id" text NOT NULL,
	"job_token" uuid,
	"holder" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "terraform_locks_environment_id_grain_pk" PRIMARY KEY("environment_id","grain")
);
--> statement-breakpoint
CREATE TABLE "terraform_states" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"environment_id" uuid NOT NULL,
	"grain" text NOT NULL,
	"serial" bigint NOT NULL,
	"lineage" text NOT NULL,
	"sealed" text NOT NULL,
	"digest" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"actor_id" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_actor_id_key_pk" PRIMARY KEY("actor_id","key")
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"space_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"sealed" text NOT NULL,
	"public_part" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_by_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spaces" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"monthly_budget" numeric,
	"currency" text DEFAULT 'USD' NOT NULL,
	"tags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "approval_requests_space" ON "approval_requests" USING btree ("space_id","state","expires_at");--> statement-breakpoint
CREATE INDEX "approval_requests_environment" ON "approval_requests" USING btree ("environment_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "approval_requests_one_open" ON "approval_requests" USING btree ("environment_id","action") WHERE state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "approval_votes_once" ON "approval_votes" USING btree ("request_id","person_id");--> statement-breakpoint
CREATE INDEX "audit_events_space" ON "audit_events" USING btree ("space_id","seq");--> statement-breakpoint
CREATE INDEX "audit_events_object" ON "audit_events" USING btree ("object_type","object_id","seq");--> statement-breakpoint
CREATE INDEX "audit_events_actor" ON "audit_events" USING btree ("actor_id","seq");--> statement-breakpoint
CREATE INDEX "audit_events_action" ON "audit_events" USING btree ("action","seq");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "blueprint_revisions_digest" ON "blueprint_revisions" USING btree ("blueprint_name","digest");--> statement-breakpoint
CREATE INDEX "blueprint_revisions_name" ON "blueprint_revisions" USING btree ("blueprint_name","created_at");--> statement-breakpoint
CREATE INDEX "drafts_owner" ON "drafts" USING btree ("owner_id","state","updated_at");--> statement-breakpoint
CREATE INDEX "environment_transitions_environment" ON "environment_transitions" USING btree ("environment_id","at");--> statement-breakpoint
CREATE INDEX "environment_transitions_space" ON "environment_transitions" USING btree ("space_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "environments_number" ON "environments" USING btree ("number");--> statement-breakpoint
CREATE INDEX "environments_space_created" ON "environments" USING btree ("space_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "environments_space_state" ON "environments" USING btree ("space_id","state");--> statement-breakpoint
CREATE INDEX "environments_owner" ON "environments" USING btree ("owner_id","state");--> statement-breakpoint
CREATE INDEX "environments_due" ON "environments" USING btree ("state","ends_at");--> statement-breakpoint
CREATE INDEX "environments_blueprint" ON "environments" USING btree ("space_id","blueprint_name","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "resources_address" ON "resources" USING btree ("environment_id","grain","address");--> statement-breakpoint
CREATE UNIQUE INDEX "simulated_resources_address" ON "simulated_resources" USING btree ("environment_id","grain","address");--> statement-breakpoint
CREATE UNIQUE INDEX "people_email" ON "people" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "decisions_space" ON "decisions" USING btree ("space_id","created_at");--> statement-breakpoint
CREATE INDEX "decisions_environment" ON "decisions" USING btree ("environment_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_one_active_per_key" ON "jobs" USING btree ("key") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "jobs_claimable" ON "jobs" USING btree ("run_at","id") WHERE state in ('ready', 'active');--> statement-breakpoint
CREATE INDEX "log_lines_environment" ON "log_lines" USING btree ("environment_id","id");--> statement-breakpoint
CREATE INDEX "log_lines_run" ON "log_lines" USING btree ("run_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "run_steps_position" ON "run_steps" USING btree ("run_id","position");--> statement-breakpoint
CREATE INDEX "runs_environment" ON "runs" USING btree ("environment_id","created_at");--> statement-breakpoint
CREATE INDEX "runs_history" ON "runs" USING btree ("blueprint_name","kind","state","finished_at");--> statement-breakpoint
CREATE INDEX "terraform_states_grain" ON "terraform_states" USING btree ("environment_id","grain","id");--> statement-breakpoint
CREATE UNIQUE INDEX "secrets_space_name" ON "secrets" USING btree ("space_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "spaces_slug" ON "spaces" USING btree ("slug");